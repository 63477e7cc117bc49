import type { Db } from '../../db/client.ts'
import { type Asker, type Counterpart, scoreHits } from './score-hits.ts'

/**
 * Scored at first. The estimate knows all that a supply is compared by but its indicators and IPC and, where a model has learnt to
 * count it, how soon its owner answers: of 300 candidates among 300,000 the first 60 hold all of the best 50, and more are
 * looked at where those may speak. Of a demand it knows the title only.
 */
const perTurn = { plainSupply: 60, supply: 120, demand: 400 } as const

function turnFor({ facts: { kind, indicators = [], ipc }, scoreModel }: Asker): number {
  if (kind === 'supply') return perTurn.demand
  const isTimed = scoreModel.features.some(({ feature }) => feature === 'responsiveness')
  return indicators.length + ipc.length === 0 && !isTimed ? perTurn.plainSupply : perTurn.supply
}

/**
 * Scores the listings, best estimates first, until as many as are wanted reach the threshold. To read and prepare one that
 * is not in the cache costs ten times a score.
 */
export async function scoreInTurns(
  db: Db,
  asker: Asker,
  { hits, wanted, threshold }: { hits: readonly string[]; wanted: number; threshold: number },
): Promise<Counterpart[]> {
  const scored: Counterpart[] = []
  const turn = turnFor(asker)
  for (let from = 0; from < hits.length; from += turn) {
    scored.push(...(await scoreHits(db, asker, hits.slice(from, from + turn))))
    if (scored.filter(({ value }) => value >= threshold).length >= wanted) break
  }
  return scored
}
