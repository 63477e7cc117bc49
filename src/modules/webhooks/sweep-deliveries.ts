import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { addDays, type Clock } from '../../kernel/clock.ts'
import { callLine } from './call-line.ts'
import { deleteSettledBefore } from './delivery-repo.ts'
import { listStandingLines } from './line-repo.ts'

/** As long as BullMQ may take to give the job of a dead worker to another one. */
const graceMs = 60_000
const batch = 500
const keptDays = 30

/**
 * Calls lines that stand still because a call was lost, as when Redis loses its data: jobs are hints, rows are the truth. Deletes
 * the log of deliveries that were settled 30 days ago.
 */
export async function sweepDeliveries(deps: { db: Db; clock: Clock }): Promise<undefined> {
  const now = deps.clock.now()
  await withTx(deps.db, async (tx) => {
    const dueSince = new Date(now.getTime() - graceMs)
    await callLine(tx, await listStandingLines(tx, { now, dueSince, limit: batch }), { now })
  })
  await deleteSettledBefore(deps.db, addDays(now, -keptDays))
}
