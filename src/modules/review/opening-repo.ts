import { and, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { type Id, idToUuid } from '../../kernel/ids.ts'
import { noLease } from './domain/lease.ts'
import type { ReviewItem } from './review-item-repo.ts'
import { reviewItems } from './table.ts'

type ListingId = Id<'demand' | 'supply'>

const withdrawn = {
  state: 'withdrawn' as const,
  snoozedUntil: null,
  ...noLease,
  version: sql`${reviewItems.version} + 1`,
}
const isUndecided = inArray(reviewItems.state, ['open', 'snoozed'])

/**
 * Opening and withdrawing items of the same listing take turns until the transaction ends: the limit per listing holds,
 * and no item is opened behind the back of a withdrawal. Sorted, so that two batches cannot wait for each other.
 */
export async function lockListings(tx: Tx, ids: readonly ListingId[]): Promise<void> {
  const uuids = [...new Set(ids.map(idToUuid))].sort()
  await tx.execute(sql`
    select pg_advisory_xact_lock(hashtextextended(id, 6))
    from unnest(${sql.param(uuids)}::text[]) with ordinality as listing (id, turn) order by turn`)
}

/** How many undecided items each listing is part of; those without any are left out. */
export async function countUndecidedByListing(db: Db, ids: readonly ListingId[]): Promise<Map<string, number>> {
  const byUuid = new Map<string, string>(ids.map((id) => [idToUuid(id), id]))
  const uuids = sql.param([...byUuid.keys()])
  const undecided = sql`state in ('open', 'snoozed')`
  const { rows } = await db.execute<{ listing: string; count: number }>(sql`
    select listing, count(*)::int as count from (
      select demand_id from review_items where demand_id = any(${uuids}::uuid[]) and ${undecided}
      union all
      select supply_id from review_items where supply_id = any(${uuids}::uuid[]) and ${undecided}) parts (listing)
    group by listing`)
  return new Map(rows.map(({ listing, count }) => [byUuid.get(listing) ?? listing, count]))
}

/** Items that were opened since, by what they count against: a listing, an organisation in either role, a market. */
export async function countOpenedSince(db: Db, places: OpenedPlaces, since: Date): Promise<Map<string, number>> {
  const { rows } = await db.execute<{ name: string; count: number }>(sql`
    select place as name, count(*)::int as count from (
      ${opened('demand_id', places.listings, since)} union all ${opened('supply_id', places.listings, since)} union all
      ${opened('demand_org_id', places.organisations, since)} union all
      ${opened('supply_org_id', places.organisations, since)} union all
      select market from review_items
      where market = any(${sql.param([...places.markets])}::text[]) and created_at >= ${since.toISOString()}::timestamptz
    ) items (place) group by place`)
  return new Map(rows.map(({ name, count }) => [name, count]))
}

export type OpenedPlaces = { listings: readonly string[]; organisations: readonly string[]; markets: readonly string[] }

function opened(
  column: 'demand_id' | 'supply_id' | 'demand_org_id' | 'supply_org_id',
  ids: readonly string[],
  since: Date,
) {
  const place = sql.identifier(column)
  return sql`select ${place}::text from review_items
    where ${place} = any(${sql.param(ids.map(idToUuid))}::uuid[]) and created_at >= ${since.toISOString()}::timestamptz`
}

export type NewItem = Pick<
  ReviewItem,
  | 'id'
  | 'matchId'
  | 'demandId'
  | 'supplyId'
  | 'demandOrgId'
  | 'supplyOrgId'
  | 'market'
  | 'fields'
  | 'region'
  | 'score'
  | 'priority'
  | 'snapshot'
  | 'createdAt'
>

/**
 * Opens the items, also one that was withdrawn with its listing and is proposed again. An item that is there already stays
 * as it is. @returns the opened ones.
 */
export async function insertOpenItems(tx: Tx, items: readonly NewItem[]): Promise<ReviewItem[]> {
  if (items.length === 0) return []
  return tx
    .insert(reviewItems)
    .values(items.map((item) => ({ ...item, state: 'open' as const })))
    .onConflictDoUpdate({
      target: reviewItems.matchId,
      set: {
        state: 'open',
        score: sql`excluded.score`,
        priority: sql`excluded.priority`,
        snapshot: sql`excluded.snapshot`,
        fields: sql`excluded.fields`,
        region: sql`excluded.region`,
        reasonCode: null,
        note: null,
        createdAt: sql`excluded.created_at`,
        version: sql`${reviewItems.version} + 1`,
      },
      setWhere: sql`${reviewItems.state} = 'withdrawn'`,
    })
    .returning()
}

/** A better score reaches an undecided item, unless a broker is looking at it under a lease. */
export async function refreshItem(
  tx: Tx,
  { matchId, score, priority, snapshot }: Pick<NewItem, 'matchId' | 'score' | 'priority' | 'snapshot'>,
): Promise<void> {
  const isFree = or(isNull(reviewItems.leaseUntil), lte(reviewItems.leaseUntil, sql`clock_timestamp()`))
  await tx
    .update(reviewItems)
    .set({ score, priority, snapshot, version: sql`${reviewItems.version} + 1` })
    .where(and(eq(reviewItems.matchId, matchId), isUndecided, isFree, lt(reviewItems.score, score)))
}

/** Ends the undecided items of a listing, leases included: their holders' decisions come too late. */
export async function withdrawItemsOfListing(tx: Tx, id: ListingId): Promise<void> {
  const uuid = idToUuid(id)
  await tx
    .update(reviewItems)
    .set(withdrawn)
    .where(and(isUndecided, sql`(${reviewItems.demandId} = ${uuid} or ${reviewItems.supplyId} = ${uuid})`))
}

/** Takes the undecided items of matches that no longer hold out of the queue. */
export async function withdrawItemsOfMatches(tx: Tx, matchIds: readonly Id<'match'>[]): Promise<void> {
  if (matchIds.length === 0) return
  await tx
    .update(reviewItems)
    .set(withdrawn)
    .where(and(isUndecided, inArray(reviewItems.matchId, [...matchIds])))
}
