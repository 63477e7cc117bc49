import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { exampleGuidance, exampleInterest } from './examples.ts'
import { type Guidance, readGuidance, readInterest } from './read-guidance.ts'
import {
  guidanceBody,
  guidanceResponse,
  interestBody,
  interestResponse,
  interestSummaryResponse,
} from './report-schemas.ts'
import { stateInterest, withdrawInterest } from './state-interest.ts'

const tag = 'Auctions'
const params = z.object({ id: idSchema('supply') })

/** Before a lot has terms: who would bid, and which reserve somebody may reach. */
export function guidanceRoutes(api: Api, deps: { clock: Clock }): void {
  interestRoutes(api, deps)
  api.post('/v1/supplies/:id/reserve-guidance', {
    ...{ operationId: 'guideReserve', summary: 'Ask how realistic a reserve is, by comparable lots and interest', tag },
    description: 'For the owner and the operator. A POST, because a reserve belongs in no log; nothing is stored.',
    permission: 'auction.sell',
    idempotency: 'none',
    params,
    body: guidanceBody,
    response: guidanceResponse,
    example: {
      body: { saleMode: 'assignment', valuationFen: 42_000_000, reserveFen: 60_000_000 },
      response: exampleGuidance,
    },
    handle: async ({ db, actor, params: { id }, body }) => ({
      body: toGuidanceResponse(await readGuidance({ ...deps, db }, actor, { supplyId: id, ...body })),
    }),
  })
}

function interestRoutes(api: Api, deps: { clock: Clock }): void {
  api.put('/v1/supplies/:id/auction-interest', {
    ...{ operationId: 'stateAuctionInterest', summary: 'Say that you would bid for a supply, and how far', tag },
    description: 'It binds nobody. The owner and the operator see counts by band, from three organisations on.',
    permission: 'auction.bid',
    params,
    body: interestBody,
    response: interestResponse,
    errors: ['CONFLICT_OF_INTEREST', 'ORGANISATION_NOT_VERIFIED'],
    example: { body: { band: 'to_1m' }, response: exampleInterest },
    handle: async ({ db, actor, params: { id }, body: { band } }) => {
      const stated = await stateInterest({ ...deps, db }, actor, { supplyId: id, band })
      return { body: { supplyId: id, band: stated.band, updatedAt: stated.updatedAt.toISOString() } }
    },
  })
  api.delete('/v1/supplies/:id/auction-interest', {
    ...{ operationId: 'withdrawAuctionInterest', summary: 'Take back that you would bid for a supply', tag },
    permission: 'auction.bid',
    params,
    example: {},
    handle: async ({ db, actor, params: { id } }) => {
      await withdrawInterest({ db }, actor, id)
      return { body: undefined }
    },
  })
  api.get('/v1/supplies/:id/auction-interest', {
    ...{ operationId: 'countAuctionInterest', summary: 'Count who would bid for your supply, by band', tag },
    permission: 'auction.sell',
    params,
    response: interestSummaryResponse,
    example: { response: exampleGuidance.interest },
    handle: async ({ db, actor, params: { id } }) => ({ body: await readInterest({ db }, actor, id) }),
  })
}

function toGuidanceResponse({ comparables, ...guidance }: Guidance): z.input<typeof guidanceResponse> {
  return {
    ...guidance,
    comparables: comparables.map(
      ({ lotId, title, market, valuationFen, reserveFen, highestFen, outcome, closedAt }) => ({
        ...{ auctionId: lotId, title, market, valuationFen, outcome, closedAt: closedAt.toISOString() },
        reserveFen: reserveFen ?? undefined,
        highestFen: highestFen ?? undefined,
      }),
    ),
  }
}
