import type { Db } from '../../db/client.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { findConflicts } from '../brokers/index.ts'
import { marketTree } from '../markets/index.ts'
import { hasConflict } from './domain/review-item.ts'
import type { ReviewItem } from './review-item-repo.ts'

/** Brokers and operators see the items of their organisation's market and its branches. */
export function marketsOf(db: Db, actor: Principal): Promise<string[]> {
  return marketTree(db, actor.market)
}

/** @throws NOT_FOUND for an item of another market: it does not exist for this actor. */
export function assertInMarkets(item: Pick<ReviewItem, 'market'>, markets: readonly string[]): void {
  if (!markets.includes(item.market)) throw notFound('review item')
}

/**
 * @throws CONFLICT_OF_INTEREST; asked again at the decision, because a broker may have changed organisations, or declared a
 * conflict, since the claim.
 */
export async function assertNoConflict(db: Db, actor: Principal, item: ReviewItem): Promise<void> {
  if (!hasConflict(await conflictsOf(db, actor), item)) return
  throw new AppError(
    'CONFLICT_OF_INTEREST',
    'One side of this match is your own organisation or one you keep away from; another broker decides.',
  )
}

/** The organisations that the actor must not judge: its own and the declared ones. */
export async function conflictsOf(db: Db, { userId, orgId }: Principal): Promise<Id<'organisation'>[]> {
  return [orgId, ...((await findConflicts(db, [userId])).get(userId) ?? [])]
}
