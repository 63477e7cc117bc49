import type { Db } from '../../db/client.ts'
import { impossible } from '../../kernel/assert.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type ListingWithOwner, readListingsWithOwners } from '../listings/index.ts'
import { findMatches, type Match } from '../matching/index.ts'
import { isLeased, type Lease, noLease } from './domain/lease.ts'
import { hasConflict } from './domain/review-item.ts'
import { assertInMarkets, marketsOf } from './policy.ts'
import { getItem, type ReviewItem } from './review-item-repo.ts'

/** An item with what a broker needs to judge it, without any confidential part. */
export type ReviewItemView = {
  item: ReviewItem
  match: Match
  demand: ListingWithOwner
  supply: ListingWithOwner
  hasConflict: boolean
  /** As of now; the token only for the holder, who may have lost it in a reload. */
  lease: Lease
}

type Deps = { db: Db; clock: Clock }

/** One item of the actor's markets. @throws NOT_FOUND */
export async function readItem(deps: Deps, actor: Principal, id: Id<'reviewItem'>): Promise<ReviewItemView> {
  const item = await getItem(deps.db, id)
  assertInMarkets(item, await marketsOf(deps.db, actor))
  const [view] = await viewsOf(deps, actor, [item])
  return view ?? impossible(`review item ${id} has no match or listing`)
}

/** Items with their matches and listings, in three statements however many they are. */
export async function viewsOf(deps: Deps, actor: Principal, items: readonly ReviewItem[]): Promise<ReviewItemView[]> {
  const { db, clock } = deps
  const matches = byId(
    await findMatches(
      db,
      items.map(({ matchId }) => matchId),
    ),
  )
  const sides = await readListingsWithOwners(
    db,
    items.flatMap(({ demandId, supplyId }) => [demandId, supplyId]),
  )
  return items.flatMap((item) => {
    const [match, demand, supply] = [matches.get(item.matchId), sides.get(item.demandId), sides.get(item.supplyId)]
    if (!match || !demand || !supply) return []
    const lease = leaseFor(actor, item, clock.now())
    return [{ item, match, demand, supply, hasConflict: hasConflict(actor, item), lease }]
  })
}

function leaseFor({ userId }: Principal, item: ReviewItem, now: Date): Lease {
  if (!isLeased(item, now)) return noLease
  const { leaseOwner, leaseUntil, leaseToken } = item
  return { leaseOwner, leaseUntil, leaseToken: leaseOwner === userId ? leaseToken : null }
}

function byId<T extends { id: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]))
}
