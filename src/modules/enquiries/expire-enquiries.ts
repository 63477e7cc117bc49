import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import { canMove } from '../../kernel/state-machine.ts'
import { appendEvents } from '../../outbox/append.ts'
import { enquiryMachine } from './domain/enquiry.ts'
import { listOverdue, lockEnquiry, updateEnquiry } from './enquiry-repo.ts'
import { enquiryEnded, factOf } from './events.ts'

const batch = 500

/** Ends enquiries that nobody answered in time and those whose last quote has run out. */
export async function expireEnquiries({ db, clock }: { db: Db; clock: Clock }): Promise<undefined> {
  const now = clock.now()
  let overdue: Id<'enquiry'>[]
  do {
    overdue = await listOverdue(db, chinaDay(now), batch)
    for (const id of overdue) await expire(db, id, now)
  } while (overdue.length === batch)
}

/** Looks again under the lock: a side may have been faster. */
function expire(db: Db, id: Id<'enquiry'>, now: Date): Promise<void> {
  return withTx(db, async (tx) => {
    const enquiry = await lockEnquiry(tx, id)
    if (!canMove(enquiryMachine, enquiry.state, 'expire') || enquiry.expiresOn >= chinaDay(now)) return
    await updateEnquiry(tx, id, { state: 'expired', endedBy: 'time', endedAt: now, updatedAt: now })
    await appendEvents(tx, [enquiryEnded({ ...factOf(enquiry), state: 'expired', endedBy: 'time' }, now)])
  })
}
