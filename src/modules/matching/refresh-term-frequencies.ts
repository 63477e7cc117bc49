import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { ListingKind } from './domain/types.ts'
import { countUncounted, findTermCounts, recountTerms, tryLockStatistics } from './statistics-repo.ts'

/** Fewer changes than this share of the market shift no frequency that matters, and a count reads every document. */
const minChangedShare = 0.02

/** Counts the terms of both kinds anew where enough has changed since the last count. */
export async function refreshTermFrequencies(deps: { db: Db; clock: Clock }): Promise<undefined> {
  for (const kind of ['supply', 'demand'] as const) {
    const { documents } = await findTermCounts(deps.db, kind, [])
    if ((await countUncounted(deps.db, kind)) > documents * minChangedShare) await countTerms(deps, kind)
  }
}

/** Counts the terms of one kind, unless somebody is at it. */
export async function countTerms(deps: { db: Db; clock: Clock }, kind: ListingKind): Promise<void> {
  await withTx(deps.db, async (tx) => {
    if (await tryLockStatistics(tx, 'term_frequencies')) await recountTerms(tx, kind, deps.clock.now())
  })
}
