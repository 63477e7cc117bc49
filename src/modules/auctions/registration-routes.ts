import { z } from 'zod'
import { pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import {
  decideRegistrationBody,
  depositEntriesResponse,
  listRegistrationsQuery,
  registerBidderBody,
  registrationResponse,
} from './bid-schemas.ts'
import { toDepositEntriesResponse, toRegistrationResponse } from './bidder-present.ts'
import { decideRegistration } from './decide-registration.ts'
import { exampleDeposit, exampleRegistration, exampleRegistrationBody } from './examples.ts'
import { readDeposit, readRegistrations } from './read-registrations.ts'
import { registerBidder } from './register-bidder.ts'

const tag = 'Auctions'
const lotParams = z.object({ id: idSchema('auction') })
const params = z.object({ id: idSchema('auctionRegistration') })

/** Who may bid, and where its deposit is. */
export function registrationRoutes(api: Api, deps: { clock: Clock }): void {
  api.post('/v1/auctions/:id/registrations', {
    ...{ operationId: 'registerForAuction', summary: 'Register your organisation as a bidder', tag },
    description:
      'You get the number under which others see your bids. The operator admits you when your deposit came in.',
    permission: 'auction.bid',
    params: lotParams,
    body: registerBidderBody,
    status: 201,
    response: registrationResponse,
    errors: [
      ...(['CONFLICT_OF_INTEREST', 'ORGANISATION_NOT_VERIFIED', 'BIDDER_NOT_ADMITTED', 'BIDDING_NOT_OPEN'] as const),
      ...(['BIDDING_CLOSED', 'ALREADY_EXISTS'] as const),
    ],
    example: {
      body: exampleRegistrationBody,
      response: { ...exampleRegistration, state: 'pending', depositState: 'none' },
    },
    handle: async ({ db, actor, params: { id }, body, ip }) => {
      const { registration } = await registerBidder({ ...deps, db }, actor, { id, ...body, ip })
      return { body: toRegistrationResponse(registration) }
    },
  })
  api.get('/v1/auctions/:id/registrations', {
    ...{ operationId: 'listAuctionRegistrations', summary: 'List registrations: operators all, others their own', tag },
    permission: 'auction.bid',
    params: lotParams,
    query: listRegistrationsQuery,
    response: pageSchema(registrationResponse),
    example: { response: { data: [exampleRegistration], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, actor, params: { id }, query, pager }) => ({
      body: pager.answer(
        await readRegistrations({ db }, actor, { id, page: pager.request(query) }),
        toRegistrationResponse,
      ),
    }),
  })
  decisionRoutes(api, deps)
}

function decisionRoutes(api: Api, deps: { clock: Clock }): void {
  api.post('/v1/auction-registrations/:id/decision', {
    ...{
      operationId: 'decideAuctionRegistration',
      summary: 'Admit a bidder whose deposit came in, refuse or exclude it',
      tag,
    },
    permission: 'auction.manage',
    params,
    body: decideRegistrationBody,
    response: registrationResponse,
    errors: ['TRANSITION_NOT_ALLOWED'],
    example: { body: { decision: 'admit', depositReference: '银行回单 20261120-17' }, response: exampleRegistration },
    handle: async ({ db, actor, params: { id }, body }) => ({
      body: toRegistrationResponse(await decideRegistration({ ...deps, db }, actor, { id, ...body })),
    }),
  })
  api.get('/v1/auction-registrations/:id/deposit', {
    ...{ operationId: 'getAuctionDeposit', summary: 'Read the ledger of a deposit: yours, or as operator', tag },
    permission: 'auction.bid',
    params,
    response: depositEntriesResponse,
    example: { response: exampleDeposit },
    handle: async ({ db, actor, params: { id } }) => ({
      body: toDepositEntriesResponse(await readDeposit({ db }, actor, id)),
    }),
  })
}
