import { and, asc, desc, eq, gte, inArray, lt, lte, ne, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import { lastIdOf, type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
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
  const before = lastIdOf<'webhookDelivery'>(after)
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

/** Opens settled deliveries anew with all their attempts, at most `limit`, oldest first. @returns how many. */
export async function reopenDeliveries(
  tx: Tx,
  endpointId: Id<'webhookEndpoint'>,
  { range, now, limit }: { range: ReplayRange; now: Date; limit: number },
): Promise<number> {
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
  const { rowCount } = await tx
    .update(webhookDeliveries)
    .set({ state: 'pending', attempts: 0, nextAttemptAt: now, settledAt: null })
    .where(inArray(id, chosen))
  return rowCount ?? 0
}

/** @returns how many were deleted, at most 1,000. */
export async function deleteSettledBefore(db: Db, before: Date): Promise<number> {
  const { rowCount } = await db.execute(sql`
    delete from webhook_deliveries where ctid = any(array(
      select ctid from webhook_deliveries where state <> 'pending' and settled_at < ${before.toISOString()}::timestamptz
      limit 1000 for update skip locked))`)
  return rowCount ?? 0
}
