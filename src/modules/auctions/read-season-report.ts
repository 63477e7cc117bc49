import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { type SeasonReport, seasonReport } from './domain/season-report.ts'
import { databaseTime } from './lot-repo.ts'
import { listReportedLots } from './season-report-view.ts'
import { getSeason, type Season } from './session-repo.ts'

/** What became of a season's lots so far; all of it is public lot by lot. @throws NOT_FOUND */
export async function readSeasonReport(
  deps: { db: Db },
  id: Id<'auctionSeason'>,
): Promise<{ season: Season; asOf: Date; report: SeasonReport }> {
  const season = await getSeason(deps.db, id)
  const asOf = await databaseTime(deps.db)
  return { season, asOf, report: seasonReport(await listReportedLots(deps.db, id, asOf)) }
}
