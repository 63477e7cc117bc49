import { and, asc, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Delivery } from './delivery-repo.ts'
import { webhookDeliveries, webhookEndpoints } from './table.ts'

const { endpointId, leaseToken, leaseUntil, nextAttemptAt } = webhookDeliveries

/** Pending, due, and under way nowhere; leases are counted by the database's time, which all workers share. */
const isInLine = (dueBy: Date) =>
  and(
    eq(webhookDeliveries.state, 'pending'),
    lte(nextAttemptAt, dueBy),
    or(isNull(leaseToken), lte(leaseUntil, sql`clock_timestamp()`)),
  )

const isUnderWay = and(sql`${leaseToken} is not null`, gt(leaseUntil, sql`clock_timestamp()`))

type Line = { endpointId: Id<'webhookEndpoint'>; now: Date }

/** The first of an endpoint's line. */
export async function listLine(db: Db, line: Line, limit: number): Promise<Delivery[]> {
  return db
    .select()
    .from(webhookDeliveries)
    .where(and(eq(endpointId, line.endpointId), isInLine(line.now)))
    .orderBy(asc(nextAttemptAt), asc(webhookDeliveries.id))
    .limit(limit)
}

/** Those of the endpoints where nothing is due. */
export async function listEmptyLines(
  tx: Tx,
  endpointIds: readonly Id<'webhookEndpoint'>[],
  now: Date,
): Promise<Id<'webhookEndpoint'>[]> {
  const { id } = webhookEndpoints
  const rows = await tx
    .select({ id })
    .from(webhookEndpoints)
    .where(and(inArray(id, endpointIds), sql`not exists ${inLineOf(tx, now)}`))
  return rows.map((row) => row.id)
}

/** Ends what stands in the line of an endpoint that is off. */
export async function cancelLine(tx: Tx, { endpointId: owner, now }: Line): Promise<void> {
  const end = { state: 'cancelled', lastFailure: 'endpoint_disabled', nextAttemptAt: null, settledAt: now } as const
  await tx
    .update(webhookDeliveries)
    .set({ ...end, leaseToken: null, leaseUntil: null })
    .where(and(eq(endpointId, owner), isInLine(now)))
}

/** Attempts at the endpoint that are running now. */
export async function countRunning(tx: Tx, owner: Id<'webhookEndpoint'>): Promise<number> {
  return tx.$count(webhookDeliveries, and(eq(endpointId, owner), isUnderWay))
}

/** Endpoints that could be asked, where something has been due since `dueSince` and nothing runs. */
export async function listStandingLines(
  db: Db,
  { now, dueSince, limit }: { now: Date; dueSince: Date; limit: number },
): Promise<Id<'webhookEndpoint'>[]> {
  const { id, pausedUntil } = webhookEndpoints
  const running = db
    .select({ one: sql`1` })
    .from(webhookDeliveries)
    .where(and(eq(endpointId, id), isUnderWay))
  const rows = await db
    .select({ id })
    .from(webhookEndpoints)
    .where(
      and(
        or(isNull(pausedUntil), lte(pausedUntil, now)),
        sql`exists ${inLineOf(db, dueSince)}`,
        sql`not exists ${running}`,
      ),
    )
    .limit(limit)
  return rows.map((row) => row.id)
}

/** For a statement over endpoints: the line of each. */
function inLineOf(db: Db, dueBy: Date) {
  return db
    .select({ one: sql`1` })
    .from(webhookDeliveries)
    .where(and(eq(endpointId, webhookEndpoints.id), isInLine(dueBy)))
}
