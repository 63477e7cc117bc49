import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import { idSchema } from '../../kernel/ids.ts'
import { exampleSeasonReport } from './examples.ts'
import { readSeasonReport } from './read-season-report.ts'
import { seasonReportResponse } from './report-schemas.ts'

const tag = 'Auctions'

/** What a season came to. */
export function reportRoutes(api: Api): void {
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
