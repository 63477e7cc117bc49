import { and, arrayOverlaps, asc, desc, eq, gt, inArray, ne, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { type Id, idToUuid } from '../../kernel/ids.ts'
import { leaseEnd, type ReviewItem } from './review-item-repo.ts'
import { reviewItems } from './table.ts'

/** Open and not under a valid lease, or snoozed long enough. No sweeper opens anything: the claim itself looks. */
const isClaimable = sql`(${reviewItems.state} in ('open', 'snoozed')
  and coalesce(${reviewItems.leaseUntil}, ${reviewItems.snoozedUntil}, '-infinity') <= clock_timestamp())`

export type Claim = {
  userId: Id<'user'>
  orgId: Id<'organisation'>
  markets: readonly string[]
  limit: number
  demandId?: Id<'demand'> | undefined
  fields?: readonly string[] | undefined
}

/** Claims of one broker take turns until the transaction ends, so that two of them cannot exceed the limit together. */
export async function lockClaims(tx: Tx, userId: Id<'user'>): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`review.claim ${userId}`}, 0))`)
}

/** How many items the broker holds under a valid lease. */
export function countHeldItems(db: Db, userId: Id<'user'>): Promise<number> {
  const isHeld = and(eq(reviewItems.leaseOwner, userId), gt(reviewItems.leaseUntil, sql`clock_timestamp()`))
  return db.$count(reviewItems, isHeld)
}

/**
 * Leases the first claimable items of the markets, in one statement: rows that another claimer has locked are skipped, and
 * a row that changed while we waited for nobody is judged again, so no item gets two leases. The CTE is evaluated once,
 * because it locks; as a plain subquery the planner could run it again and exceed the limit.
 */
export async function claimItems(tx: Tx, claim: Claim): Promise<ReviewItem[]> {
  const picked = tx.$with('picked').as(
    tx
      .select({ id: reviewItems.id })
      .from(reviewItems)
      .where(
        and(
          isClaimable,
          inArray(reviewItems.market, [...claim.markets]),
          ne(reviewItems.demandOrgId, claim.orgId),
          ne(reviewItems.supplyOrgId, claim.orgId),
          claim.demandId && eq(reviewItems.demandId, claim.demandId),
          claim.fields && arrayOverlaps(reviewItems.fields, [...claim.fields]),
        ),
      )
      .orderBy(desc(reviewItems.priority), asc(reviewItems.createdAt), asc(reviewItems.id))
      .limit(claim.limit)
      .for('update', { skipLocked: true }),
  )
  const rows = await tx
    .with(picked)
    .update(reviewItems)
    .set({
      state: 'open',
      snoozedUntil: null,
      leaseOwner: claim.userId,
      leaseUntil: leaseEnd,
      leaseToken: sql`gen_random_uuid()`,
      version: sql`${reviewItems.version} + 1`,
    })
    .where(sql`${reviewItems.id} in (select id from picked)`)
    .returning()
  return rows.sort(byTurn)
}

/** The order of the queue, which UPDATE does not keep. */
function byTurn(a: ReviewItem, b: ReviewItem): number {
  const byAge = a.createdAt.getTime() - b.createdAt.getTime()
  return b.priority - a.priority || byAge || (idToUuid(a.id) < idToUuid(b.id) ? -1 : 1)
}
