import { randomUUID } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/tx.ts'
import type { Id } from '../../kernel/ids.ts'
import type { DeliveryState } from './domain/delivery.ts'
import { webhookDeliveries } from './table.ts'

/** Twice the 15 s that an attempt may take. */
const leaseMs = 30_000

/** Counts the attempt and begins its lease. @returns the token that its report needs. */
export async function beginAttempt(tx: Tx, id: Id<'webhookDelivery'>, now: Date): Promise<string> {
  const leaseToken = randomUUID()
  await tx
    .update(webhookDeliveries)
    .set({
      attempts: sql`${webhookDeliveries.attempts} + 1`,
      lastAttemptAt: now,
      leaseToken,
      leaseUntil: sql`clock_timestamp() + ${leaseMs} * interval '1 ms'`,
    })
    .where(eq(webhookDeliveries.id, id))
  return leaseToken
}

type Report = {
  state: DeliveryState
  nextAttemptAt: Date | null
  settledAt: Date | null
  lastStatusCode: number | null
  lastFailure: string | null
  lastLatencyMs: number
  lastExcerpt: string
}

/** Ends the lease with what came of it. False when the lease had run out and another attempt holds the delivery. */
export async function reportAttempt(
  tx: Tx,
  { id, leaseToken }: { id: Id<'webhookDelivery'>; leaseToken: string },
  report: Report,
): Promise<boolean> {
  const { rowCount } = await tx
    .update(webhookDeliveries)
    .set({ ...report, leaseToken: null, leaseUntil: null })
    .where(and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.leaseToken, leaseToken)))
  return rowCount === 1
}

/** Ends a delivery without an attempt. */
export async function closeDelivery(
  tx: Tx,
  id: Id<'webhookDelivery'>,
  end: { state: 'failed'; lastFailure: string; settledAt: Date },
): Promise<void> {
  await tx
    .update(webhookDeliveries)
    .set({ ...end, nextAttemptAt: null, leaseToken: null, leaseUntil: null })
    .where(eq(webhookDeliveries.id, id))
}
