import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import { appendEvents } from '../../outbox/append.ts'
import { announceMails } from './announce-mails.ts'
import { whenNotQuiet } from './domain/quiet-hours.ts'
import {
  findLastDigest,
  insertDeliveries,
  listUsersWithWaitingMail,
  type MailDelivery,
  updateWaitingInto,
} from './mail-repo.ts'
import { listRecipients, lockRecipients } from './recipient-view.ts'

type Deps = { db: Db; clock: Clock }

const pageSize = 200
/** A digest a day, also when the job runs twice or the clock of the schedule drifts. */
const leastPauseMs = 20 * 3_600_000

/** Collects what waits into one mail a user. Each user commits alone, so a crash costs nobody a digest or a second one. */
export async function planDigests(deps: Deps): Promise<undefined> {
  let after: Id<'user'> | undefined
  for (;;) {
    const userIds = await listUsersWithWaitingMail(deps.db, { after, limit: pageSize })
    for (const userId of userIds) await planDigest(deps, userId)
    after = userIds.at(-1)
    if (after === undefined || userIds.length < pageSize) return undefined
  }
}

async function planDigest(deps: Deps, userId: Id<'user'>): Promise<void> {
  const now = deps.clock.now()
  await withTx(deps.db, async (tx) => {
    await lockRecipients(tx, [userId])
    const last = await findLastDigest(tx, userId)
    if (last && now.getTime() - last.createdAt.getTime() < leastPauseMs) return
    const [recipient] = await listRecipients(tx, [userId])
    if (recipient === undefined) return
    const digest = newDigest(userId, { now, at: whenNotQuiet(now, recipient.settings) })
    await insertDeliveries(tx, [digest])
    await updateWaitingInto(tx, userId, digest.id)
    await appendEvents(tx, announceMails([digest], now))
  })
}

function newDigest(userId: Id<'user'>, { now, at }: { now: Date; at: Date }): MailDelivery {
  return {
    ...{ id: newId('mailDelivery'), userId, form: 'digest', state: 'pending', countsAgainstCap: false },
    ...{
      plannedFor: at,
      nextTryAt: at,
      leaseUntil: null,
      deferrals: 0,
      reason: null,
      finishedAt: null,
      createdAt: now,
    },
  }
}
