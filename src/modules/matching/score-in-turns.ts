import type { Db } from '../../db/client.ts'
import type { Hit } from './document-repo.ts'
import { type Asker, type Counterpart, scoreHits } from './score-hits.ts'

/** What candidates by shared terms (60) and the best by estimate (150) come to. */
const perTurn = 210

/**
 * Scores the hits, best estimates first, until as many as are wanted reach the threshold. To read and prepare a listing
 * that is not in the cache costs 40 times a score, and what the estimate puts behind 150 others is rarely among the best 50.
 */
export async function scoreInTurns(
  db: Db,
  asker: Asker,
  { hits, wanted, threshold }: { hits: readonly Hit[]; wanted: number; threshold: number },
): Promise<Counterpart[]> {
  const scored: Counterpart[] = []
  for (let from = 0; from < hits.length; from += perTurn) {
    scored.push(...(await scoreHits(db, asker, hits.slice(from, from + perTurn))))
    if (scored.filter(({ value }) => value >= threshold).length >= wanted) break
  }
  return scored
}
