import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { addDays, type Clock } from '../../kernel/clock.ts'
import { appendEvents } from '../../outbox/append.ts'
import { deleteSettledBefore, listForgotten, updateNextAttempt } from './delivery-repo.ts'
import { webhookAttemptPlanned } from './events.ts'

/** Longer than any worker keeps a job that is due, and than BullMQ takes to give up on a dead one. */
const graceMs = 300_000
const batch = 500
const keptDays = 30

/**
 * Plans attempts whose job was lost, as when Redis loses its data: jobs are hints, rows are the truth. Deletes the log of
 * deliveries that were settled 30 days ago.
 */
export async function sweepDeliveries(deps: { db: Db; clock: Clock }): Promise<undefined> {
  const now = deps.clock.now()
  await withTx(deps.db, async (tx) => {
    const forgotten = await listForgotten(tx, { now, graceMs, limit: batch })
    for (const { id } of forgotten) await updateNextAttempt(tx, id, now)
    const attempts = forgotten.map(({ id, attempts, leaseToken }) => ({
      deliveryId: id,
      // An attempt that never reported back is taken up by its own number.
      attempt: leaseToken === null ? attempts + 1 : attempts,
      at: now.toISOString(),
    }))
    await appendEvents(
      tx,
      attempts.map((attempt) => webhookAttemptPlanned(attempt, now)),
    )
  })
  await deleteSettledBefore(deps.db, addDays(now, -keptDays))
}
