import type { Db } from '../../db/client.ts'
import { type Asker, type Counterpart, scoreHits } from './score-hits.ts'

/**
 * Scored at first: what candidates by shared terms (30) and the best by estimate come to. The estimate knows all that
 * a supply is compared by but its indicators and IPC, and of a demand the title only.
 */
const perTurn = { supply: 120, demand: 400 } as const

/**
 * Scores the listings, best estimates first, until as many as are wanted reach the threshold. To read and prepare one that
 * is not in the cache costs 20 times a score.
 */
export async function scoreInTurns(
  db: Db,
  asker: Asker,
  { hits, wanted, threshold }: { hits: readonly string[]; wanted: number; threshold: number },
): Promise<Counterpart[]> {
  const scored: Counterpart[] = []
  const turn = perTurn[asker.facts.kind === 'demand' ? 'supply' : 'demand']
  for (let from = 0; from < hits.length; from += turn) {
    scored.push(...(await scoreHits(db, asker, hits.slice(from, from + turn))))
    if (scored.filter(({ value }) => value >= threshold).length >= wanted) break
  }
  return scored
}
