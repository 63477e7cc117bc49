import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { appendEvents } from '../../outbox/append.ts'
import { announceMails } from './announce-mails.ts'
import { listOverdue } from './mail-repo.ts'

/** Jobs of this age were lost: the queue was emptied, or all attempts of a run crashed. */
const overdueMs = 15 * 60_000
const batchSize = 500

/** Announces mails again whose jobs are gone: rows are the truth, jobs only hints. */
export async function resumeOverdueMails(deps: { db: Db; clock: Clock }): Promise<undefined> {
  const now = deps.clock.now()
  await withTx(deps.db, async (tx) => {
    const before = new Date(now.getTime() - overdueMs)
    const ids = await listOverdue(tx, { before, now, limit: batchSize })
    await appendEvents(
      tx,
      announceMails(
        ids.map((id) => ({ id, nextTryAt: now })),
        now,
      ),
    )
  })
  return undefined
}
