import { inArray, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { reviewItems } from './table.ts'

export type QueueCounts = {
  /** Claimable now. */
  open: number
  leased: number
  snoozed: number
  /** Of the oldest claimable item; null when there is none. */
  oldestAgeSeconds: number | null
}
export type QueueCountsBy = QueueCounts & { key: string }

const wakesAt = sql`coalesce(${reviewItems.leaseUntil}, ${reviewItems.snoozedUntil}, '-infinity')`
const isClaimable = sql`${wakesAt} <= clock_timestamp()`
const isAsleep = sql`${wakesAt} > clock_timestamp()`

const counts = {
  open: sql<number>`(count(*) filter (where ${isClaimable}))::int`,
  leased: sql<number>`(count(*) filter (where ${isAsleep} and ${reviewItems.state} = 'open'))::int`,
  snoozed: sql<number>`(count(*) filter (where ${isAsleep} and ${reviewItems.state} = 'snoozed'))::int`,
  oldestAgeSeconds: sql<number | null>`greatest(0, extract(epoch from
    clock_timestamp() - min(${reviewItems.createdAt}) filter (where ${isClaimable})))::int`,
}

/** Undecided items by market. */
export function countQueueByMarket(db: Db, markets: readonly string[]): Promise<QueueCountsBy[]> {
  return db
    .select({ key: reviewItems.market, ...counts })
    .from(reviewItems)
    .where(isUndecidedIn(markets))
    .groupBy(reviewItems.market)
    .orderBy(reviewItems.market)
}

/** Undecided items by field; an item with two fields counts in both. */
export function countQueueByField(db: Db, markets: readonly string[]): Promise<QueueCountsBy[]> {
  const field = sql<string>`field`
  return db
    .select({ key: field, ...counts })
    .from(reviewItems)
    .crossJoin(sql`unnest(${reviewItems.fields}) as field`)
    .where(isUndecidedIn(markets))
    .groupBy(field)
    .orderBy(field)
}

function isUndecidedIn(markets: readonly string[]) {
  return sql`${inArray(reviewItems.market, [...markets])} and ${reviewItems.state} in ('open', 'snoozed')`
}
