import type { Tx } from '../../db/tx.ts'
import { appendEvents } from '../../outbox/append.ts'
import { type Delivery, insertDeliveries, type NewDeliveries } from './delivery-repo.ts'
import { webhookAttemptPlanned } from './events.ts'

/** Rows and their first attempts together, so that neither exists without the other. */
export async function planDeliveries(tx: Tx, deliveries: NewDeliveries): Promise<Delivery[]> {
  const { now } = deliveries
  const made = await insertDeliveries(tx, deliveries)
  const first = made.map(({ id }) => ({ deliveryId: id, attempt: 1, at: now.toISOString() }))
  await appendEvents(
    tx,
    first.map((attempt) => webhookAttemptPlanned(attempt, now)),
  )
  return made
}
