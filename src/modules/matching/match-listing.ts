import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { type Outcome, snooze } from '../../kernel/job.ts'
import { keepStatisticsInStep } from './keep-statistics-in-step.ts'
import { matchDocument } from './match-document.ts'
import type { Side } from './match-repo.ts'
import { syncDocument } from './sync-document.ts'

const attempts = 3

/** Brings a listing's document up to date and matches it anew: after publication and after every change. */
export async function matchListing(
  deps: { db: Db; clock: Clock },
  { listingId }: { listingId: Side },
): Promise<Outcome | undefined> {
  if (!(await syncDocument(deps, listingId))) return undefined
  await keepStatisticsInStep(deps)
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (await matchDocument(deps, listingId)) return undefined
  }
  // Its sides change faster than it can score them; a second later they have come to rest.
  return snooze(1000)
}
