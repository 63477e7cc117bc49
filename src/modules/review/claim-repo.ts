import { and, arrayOverlaps, asc, eq, gt, inArray, isNull, lte, ne, notInArray, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { type Id, idToUuid } from '../../kernel/ids.ts'
import { seniorStep } from '../brokers/index.ts'
import { regionPrefix } from './domain/routing.ts'
import { leaseEnd, type ReviewItem } from './review-item-repo.ts'
import { reviewItems, reviewReadings } from './table.ts'
import type { ReviewWorker } from './worker-of.ts'

/** Two ends to take from, each with its index: walking one of all open items passed everything that is under a lease. */
const isFree = sql`(${reviewItems.state} = 'open' and ${reviewItems.leaseUntil} is null)`
/**
 * The lease ran out, or the item was snoozed long enough. No sweeper opens anything: the claim itself looks. By the time of the
 * statement, because an index cannot be asked for a time that moves.
 */
const isBack = sql`(${reviewItems.state} in ('open', 'snoozed')
  and coalesce(${reviewItems.leaseUntil}, ${reviewItems.snoozedUntil}) <= statement_timestamp())`

export type Claim = {
  worker: ReviewWorker
  markets: readonly string[]
  limit: number
  demandId?: Id<'demand'> | undefined
  fields?: readonly string[] | undefined
}

/** What `obstaclesFor` in domain/routing.ts refuses whatever the time: conflicts, an own reading, grade, certificate. */
function routedTo({ userId, orgId, step, certificates, conflicts }: ReviewWorker): SQL[] {
  const { demandOrgId, supplyOrgId, stage, minStep, certificate } = reviewItems
  const readers = reviewReadings
  return [
    notInArray(demandOrgId, [orgId, ...conflicts]),
    notInArray(supplyOrgId, [orgId, ...conflicts]),
    lte(minStep, step),
    sql`(${certificate} is null or ${certificate} = any(${sql.param([...certificates])}::text[]))`,
    ...(step < seniorStep ? [ne(stage, 'senior')] : []),
    sql`(${stage} = 'first' or not exists (
      select from ${readers} where ${readers.reviewItemId} = ${reviewItems.id}
      and ${readers.openedAt} = ${reviewItems.createdAt} and ${readers.userId} = ${idToUuid(userId)}))`,
  ]
}

/** Field and region, until the item is open to all. */
function suits({ fields, regions }: ReviewWorker): SQL | undefined {
  const { openToAllAt, region } = reviewItems
  const ofField = fields.length === 0 ? undefined : arrayOverlaps(reviewItems.fields, [...fields])
  const places = regions.map((code) => `${regionPrefix(code)}%`)
  const ofRegion =
    regions.length === 0 ? undefined : or(isNull(region), sql`${region} like any(${sql.param(places)}::text[])`)
  if (ofField === undefined && ofRegion === undefined) return undefined
  return or(lte(openToAllAt, sql`clock_timestamp()`), and(ofField, ofRegion))
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
 * a row that changed while we waited for nobody is judged again, so no item gets two leases. A CTE is evaluated once,
 * because it locks; as a plain subquery the planner could run it again and exceed the limit.
 */
export async function claimItems(tx: Tx, claim: Claim): Promise<ReviewItem[]> {
  const [free, back] = [
    pick(tx, claim, { name: 'free', isAvailable: isFree, turn: sql`${reviewItems.turnAt}` }),
    // As an expression it is no column of an index, so the few that came back are looked up and sorted: the planner, who cannot
    // tell how few they are, would walk the queue in its order and find none of them among 10,000 (8 ms instead of 0.1).
    pick(tx, claim, { name: 'back', isAvailable: isBack, turn: sql`${reviewItems.turnAt} + interval '0'` }),
  ]
  const first = sql`select id from (select * from free union all select * from back) picked
    order by turn_at, id limit ${claim.limit}`
  const rows = await tx
    .with(free, back)
    .update(reviewItems)
    .set({
      state: 'open',
      snoozedUntil: null,
      leaseOwner: claim.worker.userId,
      leaseUntil: leaseEnd,
      leaseToken: sql`gen_random_uuid()`,
      version: sql`${reviewItems.version} + 1`,
    })
    .where(sql`${reviewItems.id} in (${first})`)
    .returning()
  return rows.sort(byTurn)
}

/** The first of those that are available and that this broker may have, held until the transaction ends. */
function pick(tx: Tx, claim: Claim, { name, isAvailable, turn }: { name: string; isAvailable: SQL; turn: SQL }) {
  return tx.$with(name).as(
    tx
      .select({ id: reviewItems.id, turnAt: reviewItems.turnAt })
      .from(reviewItems)
      .where(
        and(
          isAvailable,
          inArray(reviewItems.market, [...claim.markets]),
          ...routedTo(claim.worker),
          claim.demandId === undefined ? suits(claim.worker) : eq(reviewItems.demandId, claim.demandId),
          claim.fields && arrayOverlaps(reviewItems.fields, [...claim.fields]),
        ),
      )
      .orderBy(asc(turn), asc(reviewItems.id))
      .limit(claim.limit)
      .for('update', { skipLocked: true }),
  )
}

/** The order of the queue, which UPDATE does not keep. */
function byTurn(a: ReviewItem, b: ReviewItem): number {
  return a.turnAt.getTime() - b.turnAt.getTime() || (idToUuid(a.id) < idToUuid(b.id) ? -1 : 1)
}
