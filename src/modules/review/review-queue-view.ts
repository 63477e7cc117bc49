import { inArray, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { QueueGroup } from './domain/queue.ts'
import { reviewItems } from './table.ts'

const wakesAt = sql`coalesce(${reviewItems.leaseUntil}, ${reviewItems.snoozedUntil}, '-infinity')`
const isClaimable = sql`${wakesAt} <= clock_timestamp()`
const isAsleep = sql`${wakesAt} > clock_timestamp()`

/** Undecided items by market and fields, in one pass; the sums are made of these few groups. */
export function listQueueGroups(db: Db, markets: readonly string[]): Promise<QueueGroup[]> {
  return db
    .select({
      market: reviewItems.market,
      fields: reviewItems.fields,
      open: sql<number>`(count(*) filter (where ${isClaimable}))::int`,
      leased: sql<number>`(count(*) filter (where ${isAsleep} and ${reviewItems.state} = 'open'))::int`,
      snoozed: sql<number>`(count(*) filter (where ${isAsleep} and ${reviewItems.state} = 'snoozed'))::int`,
      overdue: sql<number>`(count(*) filter (where ${reviewItems.dueAt} <= clock_timestamp()))::int`,
      oldestAgeSeconds: sql<number | null>`greatest(0, extract(epoch from
        clock_timestamp() - min(${reviewItems.createdAt}) filter (where ${isClaimable})))::int`,
    })
    .from(reviewItems)
    .where(sql`${inArray(reviewItems.market, [...markets])} and ${reviewItems.state} in ('open', 'snoozed')`)
    .groupBy(reviewItems.market, reviewItems.fields)
}
