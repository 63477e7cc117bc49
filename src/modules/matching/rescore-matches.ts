import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { cancel, type Outcome, snooze } from '../../kernel/job.ts'
import { matchDocument } from './match-document.ts'
import type { Side } from './match-repo.ts'
import { activeScoreModel } from './score-model-cache.ts'
import { countRescored, listDemandsToRescore } from './score-model-repo.ts'

const batchSize = 50

/**
 * Matches the demands again whose open matches another model scored, a batch a run, until there are none. Repeated, it
 * finds nothing to do. What changes follows the usual way, by matches.proposed and matches.withdrawn.
 */
export async function rescoreMatches(
  deps: { db: Db; clock: Clock },
  { version }: { version: string },
): Promise<Outcome | undefined> {
  if ((await activeScoreModel(deps.db)).version !== version) return cancel(`${version} is no longer in force`)
  const before = await countRescored(deps.db, version)
  const ids = await listDemandsToRescore(deps.db, version, batchSize)
  if (ids.length === 0) return undefined
  for (const id of ids) await matchDocument(deps, id as Side)
  const after = await countRescored(deps.db, version)
  const isStuck = after.total - after.rescored >= before.total - before.rescored
  // Listings that change faster than they are matched come to rest; a second is enough for most.
  return snooze(isStuck ? 1_000 : 100)
}
