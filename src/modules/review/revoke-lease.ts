import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { isLeased, noLease } from './domain/lease.ts'
import { assertInMarkets, marketsOf } from './policy.ts'
import { lockItem, updateLeasedItem } from './review-item-repo.ts'
import type { RevokeLeaseBody } from './schemas.ts'

/**
 * An operator takes an item away from the broker who holds it: its token is worthless from now on, and the next claim may have
 * the item. Audited with whose it was. @throws NOT_FOUND, TRANSITION_NOT_ALLOWED when nobody holds it
 */
export async function revokeLease(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { id, reason }: RevokeLeaseBody & { id: Id<'reviewItem'> },
): Promise<void> {
  await withTx(deps.db, async (tx) => {
    const markets = await marketsOf(tx, actor)
    const { item, databaseNow } = await lockItem(tx, id)
    assertInMarkets(item, markets)
    const { leaseToken, leaseOwner } = item
    if (leaseToken === null || !isLeased(item, databaseNow)) throw notHeld(item.state)
    await updateLeasedItem(tx, { id, leaseToken }, noLease)
    await appendAudit(tx, {
      ...{ orgId: actor.orgId, userId: actor.userId, action: 'review_item.lease_revoked', objectId: id },
      facts: { from: leaseOwner, reason },
      at: deps.clock.now(),
    })
  })
}

function notHeld(state: string): AppError {
  return new AppError('TRANSITION_NOT_ALLOWED', 'Nobody holds this item under a lease.', {
    details: { state, allowedActions: [] },
  })
}
