import type { Tx } from '../../db/tx.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { holdsLease } from './domain/lease.ts'
import { assertInMarkets, assertNoConflict, marketsOf } from './policy.ts'
import { lockItem, type ReviewItem } from './review-item-repo.ts'

export type HeldRef = { id: Id<'reviewItem'>; leaseToken: string }

/**
 * Locks an item that the actor holds by this token, and tells the database's time.
 * @throws NOT_FOUND, ALREADY_DECIDED, CONFLICT_OF_INTEREST, LEASE_LOST
 */
export async function holdItem(
  tx: Tx,
  actor: Principal,
  { id, leaseToken }: HeldRef,
): Promise<{ item: ReviewItem; databaseNow: Date }> {
  const markets = await marketsOf(tx, actor)
  const { item, databaseNow } = await lockItem(tx, id)
  assertInMarkets(item, markets)
  if (item.state === 'decided') {
    throw new AppError('ALREADY_DECIDED', 'This match has been decided; a decision is final.', {
      details: { decision: item.decision },
    })
  }
  await assertNoConflict(tx, actor, item)
  if (!holdsLease(item, { userId: actor.userId, leaseToken }, databaseNow)) throw leaseLost(item.state)
  return { item, databaseNow }
}

export function leaseLost(state: ReviewItem['state']): AppError {
  return new AppError('LEASE_LOST', 'Your lease on this item has ended; claim it again to work on it.', {
    details: { state },
  })
}
