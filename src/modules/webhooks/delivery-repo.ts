import { and, asc, desc, eq, gt, gte, inArray, lt, lte, ne, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { DeliveryState } from './domain/delivery.ts'
import type { Message } from './domain/message.ts'
import { webhookDeliveries } from './table.ts'

export type Delivery = typeof webhookDeliveries.$inferSelect

export type NewDeliveries = Message & {
  eventId: Id<'event'>
  endpointIds: readonly Id<'webhookEndpoint'>[]
  now: Date
}

/** One row per endpoint; an endpoint that has the event already is left alone. @returns the new ones. */
export async function insertDeliveries(db: Db, { endpointIds, now, ...message }: NewDeliveries): Promise<Delivery[]> {
  if (endpointIds.length === 0) return []
  const open = { state: 'pending' as const, attempts: 0, nextAttemptAt: now, createdAt: now }
  const values = endpointIds.map((endpointId) => ({ id: newId('webhookDelivery'), endpointId, ...message, ...open }))
  return db
    .insert(webhookDeliveries)
    .values(values)
    .onConflictDoNothing({ target: [webhookDeliveries.endpointId, webhookDeliveries.eventId] })
    .returning()
}

export async function findDelivery(db: Db, id: Id<'webhookDelivery'>): Promise<Delivery | undefined> {
  const [row] = await db.select().from(webhookDeliveries).where(eq(webhookDeliveries.id, id))
  return row
}

/** Newest first. */
export async function listDeliveriesOf(
  db: Db,
  { endpointId, state }: { endpointId: Id<'webhookEndpoint'>; state?: DeliveryState | undefined },
  { limit, after }: PageRequest,
): Promise<PageOf<Delivery>> {
  const before = after?.[0] as unknown as Id<'webhookDelivery'> | undefined
  const rows = await db
    .select()
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.endpointId, endpointId),
        state && eq(webhookDeliveries.state, state),
        before && lt(webhookDeliveries.id, before),
      ),
    )
    .orderBy(desc(webhookDeliveries.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ id }) => [id])
}

export type ReplayRange =
  | { deliveryId: Id<'webhookDelivery'> }
  | { since: Date; until: Date; includesDelivered: boolean }

/** Opens settled deliveries anew with all their attempts, at most `limit`, oldest first. */
export async function reopenDeliveries(
  tx: Tx,
  endpointId: Id<'webhookEndpoint'>,
  { range, now, limit }: { range: ReplayRange; now: Date; limit: number },
): Promise<Id<'webhookDelivery'>[]> {
  const { id, state, createdAt } = webhookDeliveries
  const isWanted =
    'deliveryId' in range
      ? eq(id, range.deliveryId)
      : and(
          gte(createdAt, range.since),
          lte(createdAt, range.until),
          range.includesDelivered ? undefined : ne(state, 'delivered'),
        )
  const chosen = tx
    .select({ id })
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.endpointId, endpointId), ne(state, 'pending'), isWanted))
    .orderBy(asc(id))
    .limit(limit)
    .for('update')
  const rows = await tx
    .update(webhookDeliveries)
    .set({ state: 'pending', attempts: 0, nextAttemptAt: now, settledAt: null })
    .where(inArray(id, chosen))
    .returning({ id })
  return rows.map((row) => row.id).sort()
}

/** Pending ones that no job has looked after for `graceMs`: their job was lost with its queue. */
export async function listForgotten(
  db: Db,
  { now, graceMs, limit }: { now: Date; graceMs: number; limit: number },
): Promise<Pick<Delivery, 'id' | 'attempts' | 'leaseToken'>[]> {
  const { id, attempts, leaseToken, leaseUntil, nextAttemptAt } = webhookDeliveries
  const latest = new Date(now.getTime() - graceMs)
  const isLeaseOver = or(
    sql`${leaseToken} is null`,
    lt(leaseUntil, sql`clock_timestamp() - ${graceMs} * interval '1 ms'`),
  )
  return db
    .select({ id, attempts, leaseToken })
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.state, 'pending'), lt(nextAttemptAt, latest), isLeaseOver))
    .orderBy(asc(nextAttemptAt))
    .limit(limit)
}

/** Puts off the look at a forgotten delivery that was planned again. */
export async function updateNextAttempt(db: Db, id: Id<'webhookDelivery'>, nextAttemptAt: Date): Promise<void> {
  await db
    .update(webhookDeliveries)
    .set({ nextAttemptAt })
    .where(and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.state, 'pending')))
}

/** @returns how many were deleted, at most 1,000. */
export async function deleteSettledBefore(db: Db, before: Date): Promise<number> {
  const { rowCount } = await db.execute(sql`
    delete from webhook_deliveries where ctid = any(array(
      select ctid from webhook_deliveries where state <> 'pending' and settled_at < ${before.toISOString()}::timestamptz
      limit 1000 for update skip locked))`)
  return rowCount ?? 0
}

/** Pending deliveries of an endpoint, counted up to 2,000. */
export async function countBacklog(db: Db, endpointId: Id<'webhookEndpoint'>): Promise<number> {
  const { endpointId: owner, state } = webhookDeliveries
  const some = db
    .select({ one: sql`1` })
    .from(webhookDeliveries)
    .where(and(eq(owner, endpointId), eq(state, 'pending')))
    .limit(2_000)
    .as('some')
  return db.$count(some)
}

/** Attempts at the endpoint that are running now, by the database's time. */
export async function countRunning(tx: Tx, endpointId: Id<'webhookEndpoint'>): Promise<number> {
  const { endpointId: owner, leaseToken, leaseUntil } = webhookDeliveries
  return tx.$count(
    webhookDeliveries,
    and(eq(owner, endpointId), sql`${leaseToken} is not null`, gt(leaseUntil, sql`clock_timestamp()`)),
  )
}
