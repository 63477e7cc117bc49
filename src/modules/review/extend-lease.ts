import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type HeldRef, holdItem, leaseLost } from './hold-item.ts'
import { extendLeasedItem } from './review-item-repo.ts'

/** A broker who is still reading keeps the item: the lease's time starts anew. @throws LEASE_LOST */
export function extendLease(deps: { db: Db }, actor: Principal, ref: HeldRef): Promise<{ leaseUntil: Date }> {
  return withTx(deps.db, async (tx) => {
    const { item } = await holdItem(tx, actor, ref)
    const leaseUntil = await extendLeasedItem(tx, ref)
    if (leaseUntil === undefined) throw leaseLost(item.state)
    return { leaseUntil }
  })
}
