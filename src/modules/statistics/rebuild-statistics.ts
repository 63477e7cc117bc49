import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { deleteAllFacts, readTotals, recordFacts } from './counter-repo.ts'
import { factSources, factsOf } from './fact-view.ts'

export type Difference = { cell: string; counted: string; recomputed: string }

/**
 * Counts everything anew from the rows and tells in which cells the counters were different: none, when every event has been
 * counted. The new state replaces the old one in one transaction.
 */
export function rebuildStatistics({ db }: { db: Db }): Promise<Difference[]> {
  return withTx(db, async (tx) => {
    const counted = await readTotals(tx)
    await deleteAllFacts(tx)
    for (const source of factSources) await recordFacts(tx, factsOf(source))
    return differencesOf(counted, await readTotals(tx))
  })
}

function differencesOf(counted: Map<string, string>, recomputed: Map<string, string>): Difference[] {
  const cells = [...new Set([...counted.keys(), ...recomputed.keys()])].sort()
  return cells.flatMap((cell) => {
    const [before = 'nothing', after = 'nothing'] = [counted.get(cell), recomputed.get(cell)]
    return before === after ? [] : [{ cell, counted: before, recomputed: after }]
  })
}
