import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { countDocuments } from './document-repo.ts'
import type { ListingKind } from './domain/types.ts'
import { wholeSideBelow } from './find-candidates.ts'
import { countTerms } from './refresh-term-frequencies.ts'
import { findActiveTextModel, findTermCounts } from './statistics-repo.ts'
import { minTitles, trainTextModel } from './train-text-model.ts'

/** Above it a doubling takes longer than the schedules do, and asking for it would cost a millisecond a job. */
const watchedUpTo = 5_000

/**
 * Renews what is known of words whenever a young market has doubled since, so that its first listings need not wait for
 * the schedule: an import of 5,000 listings trains nine times, and all of it together costs twice the last time.
 */
export async function keepStatisticsInStep(deps: { db: Db; clock: Clock }): Promise<void> {
  await growTextModel(deps)
  for (const kind of ['supply', 'demand'] as const) await growTermCounts(deps, kind)
}

async function growTextModel(deps: { db: Db; clock: Clock }): Promise<void> {
  const titles = (await findActiveTextModel(deps.db))?.documentCount ?? minTitles / 2
  if (titles >= watchedUpTo) return
  const limit = titles * 2
  const supplies = await countDocuments(deps.db, 'supply', limit)
  const demands = await countDocuments(deps.db, 'demand', limit)
  if (supplies + demands >= limit) await trainTextModel(deps)
}

/** A side that is searched as a whole needs no frequencies. */
async function growTermCounts(deps: { db: Db; clock: Clock }, kind: ListingKind): Promise<void> {
  const { documents } = await findTermCounts(deps.db, kind, [])
  if (documents >= watchedUpTo) return
  const limit = Math.max(documents * 2, wholeSideBelow)
  if ((await countDocuments(deps.db, kind, limit)) >= limit) await countTerms(deps, kind)
}
