import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Principal } from '../../kernel/principal.ts'
import { noLease } from './domain/lease.ts'
import { type HeldRef, holdItem, leaseLost } from './hold-item.ts'
import { updateLeasedItem } from './review-item-repo.ts'

/** Gives an item back undecided; the next claim may take it at once. @throws LEASE_LOST */
export async function releaseItem(deps: { db: Db }, actor: Principal, ref: HeldRef): Promise<void> {
  await withTx(deps.db, async (tx) => {
    const { item } = await holdItem(tx, actor, ref)
    if (!(await updateLeasedItem(tx, ref, noLease))) throw leaseLost(item.state)
  })
}
