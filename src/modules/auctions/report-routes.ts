import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { exampleSeasonReport, exampleSignal } from './examples.ts'
import { readSeasonReport } from './read-season-report.ts'
import { readSignals } from './read-signals.ts'
import { seasonReportResponse, signalsResponse } from './report-schemas.ts'

const tag = 'Auctions'

/** What a season came to, and what in it deserves a look. */
export function reportRoutes(api: Api, deps: { clock: Clock }): void {
  api.get('/v1/auctions/:id/signals', {
    ...{ operationId: 'listAuctionSignals', summary: 'List what in the bidding for a lot deserves a look', tag },
    description:
      'Hints of shill bidding and collusion for the operator: each with its evidence, none of them a finding.',
    permission: 'auction.manage',
    params: z.object({ id: idSchema('auction') }),
    response: signalsResponse,
    example: { response: { data: [exampleSignal] } },
    handle: async ({ db, actor, params: { id } }) => ({
      body: { data: await readSignals({ ...deps, db }, actor, id) },
    }),
  })
  api.get('/v1/auction-seasons/:id/report', {
    ...{ operationId: 'getAuctionSeasonReport', summary: 'Read what a season came to, by field and institution', tag },
    description: 'Intent and closed amounts are told apart and never summed together.',
    permission: 'auction.read',
    params: z.object({ id: idSchema('auctionSeason') }),
    response: seasonReportResponse,
    example: { response: exampleSeasonReport },
    handle: async ({ db, params: { id } }) => {
      const { season, asOf, report } = await readSeasonReport({ db }, id)
      return { body: { seasonId: season.id, name: season.name, asOf: asOf.toISOString(), ...report } }
    },
  })
}
