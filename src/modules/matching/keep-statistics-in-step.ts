import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { countDocuments } from './document-repo.ts'
import { wholeSideBelow } from './find-candidates.ts'
import { countTerms } from './refresh-term-frequencies.ts'
import { findStatisticsSize } from './statistics-repo.ts'
import { minTitles, trainTextModel } from './train-text-model.ts'

/** Above it a doubling takes longer than the schedules do, and asking for it would cost a millisecond a job. */
const watchedUpTo = 5_000

/**
 * Renews what is known of words whenever a young market has doubled since, so that its first listings need not wait for
 * the schedule: an import of 5,000 listings trains nine times, and all of it together costs twice the last time.
 */
export async function keepStatisticsInStep(deps: { db: Db; clock: Clock }): Promise<void> {
  const { titles = minTitles / 2, supply, demand } = await findStatisticsSize(deps.db)
  // A side that is searched as a whole needs no frequencies.
  const renewAt = {
    titles: doubled(titles),
    supply: Math.max(doubled(supply), wholeSideBelow),
    demand: Math.max(doubled(demand), wholeSideBelow),
  }
  const limits = Object.values(renewAt).filter((limit) => limit < Number.POSITIVE_INFINITY)
  if (limits.length === 0) return
  const market = await countDocuments(deps.db, Math.max(...limits))
  if (market.supply + market.demand >= renewAt.titles) await trainTextModel(deps)
  for (const kind of ['supply', 'demand'] as const) if (market[kind] >= renewAt[kind]) await countTerms(deps, kind)
}

/** Never for what is no longer watched. */
function doubled(counted: number): number {
  return counted >= watchedUpTo ? Number.POSITIVE_INFINITY : counted * 2
}
