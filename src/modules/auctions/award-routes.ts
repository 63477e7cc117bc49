import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import type { Vault } from '../../ports/vault.ts'
import { answerOffer } from './answer-offer.ts'
import { answerOfferBody, defaultAwardBody, settleLotBody } from './bid-schemas.ts'
import { claimPriority } from './claim-priority.ts'
import { defaultAward } from './default-award.ts'
import { exampleLot } from './examples.ts'
import { lotReply } from './lot-routes.ts'
import { lotResponse } from './schemas.ts'
import { settleLot } from './settle-lot.ts'

const shared = {
  tag: 'Auctions',
  params: z.object({ id: idSchema('auction') }),
  response: lotResponse,
  errors: ['TRANSITION_NOT_ALLOWED'],
} as const

/** What follows from a sale: paid, not paid, offered to the next, taken by a priority buyer. */
export function awardRoutes(api: Api, deps: { clock: Clock; vault: Vault; live: LiveChannel }): void {
  api.post('/v1/auctions/:id/settlement', {
    ...shared,
    operationId: 'settleAuction',
    summary: 'Record that the buyer paid and signed: its deposit goes into the price',
    permission: 'auction.manage',
    idempotency: 'required',
    body: settleLotBody,
    example: { body: { reference: '成交确认书 2026-17' }, response: { ...exampleLot, state: 'settled' } },
    handle: async ({ db, actor, params: { id }, body }) => {
      await settleLot({ ...deps, db }, actor, { id, ...body })
      return lotReply({ ...deps, db }, actor, id)
    },
  })
  api.post('/v1/auctions/:id/default', {
    ...shared,
    operationId: 'defaultAuction',
    summary: 'Record that the buyer did not pay: its deposit is forfeited, the next bidder is offered the lot',
    permission: 'auction.manage',
    idempotency: 'required',
    body: defaultAwardBody,
    example: { body: { note: '逾期未付款' }, response: exampleLot },
    handle: async ({ db, actor, params: { id }, body }) => {
      await defaultAward({ ...deps, db }, actor, { id, ...body })
      return lotReply({ ...deps, db }, actor, id)
    },
  })
  api.post('/v1/auctions/:id/offer-answer', {
    ...shared,
    operationId: 'answerAuctionOffer',
    summary: 'Accept or decline the lot that you are offered after the winner defaulted',
    permission: 'auction.bid',
    body: answerOfferBody,
    example: { body: { answer: 'accept' }, response: exampleLot },
    handle: async ({ db, actor, params: { id }, body }) => {
      await answerOffer({ ...deps, db }, actor, { id, ...body })
      return lotReply({ ...deps, db }, actor, id)
    },
  })
  api.post('/v1/auctions/:id/priority-claim', {
    ...shared,
    operationId: 'claimAuctionPriority',
    summary: 'Take a sold lot at its price as a priority buyer 优先购买权人',
    permission: 'auction.bid',
    example: { response: exampleLot },
    handle: async ({ db, actor, params: { id } }) => {
      await claimPriority({ db }, actor, { id })
      return lotReply({ ...deps, db }, actor, id)
    },
  })
}
