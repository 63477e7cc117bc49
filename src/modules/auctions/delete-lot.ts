import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { versionConflict } from '../../kernel/etag.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { lotLifecycle } from './domain/lot.ts'
import { deleteLot as deleteRow, lockLot } from './lot-repo.ts'
import { assertSellerOrOperator } from './policy.ts'

/** Removes a draft, which nobody has seen. @throws TRANSITION_NOT_ALLOWED */
export function deleteLot(
  deps: { db: Db },
  actor: Principal,
  { id, version }: { id: Id<'auction'>; version: number },
): Promise<void> {
  return withTx(deps.db, async (tx) => {
    const lot = await lockLot(tx, id)
    await assertSellerOrOperator(tx, actor, lot)
    move(lotLifecycle, lot.state, 'delete')
    if (lot.version !== version) throw versionConflict(lot.version)
    await deleteRow(tx, id)
  })
}
