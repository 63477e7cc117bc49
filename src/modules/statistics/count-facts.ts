import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { idToUuid } from '../../kernel/ids.ts'
import { recordFacts } from './counter-repo.ts'
import { type FactSource, factsOf } from './fact-view.ts'

/** Counts what the rows tell that was not counted yet. The rows are read again, so a late or repeated event does no harm. */
export async function countFacts(
  { db }: { db: Db },
  { of, ids }: { of: FactSource; ids: string[] },
): Promise<undefined> {
  await withTx(db, (tx) => recordFacts(tx, factsOf(of, ids.map(idToUuid))))
}
