import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { addDays, type Clock, chinaDay } from '../../kernel/clock.ts'
import { appendEvents } from '../../outbox/append.ts'
import { listingExpiring } from './events.ts'
import { markExpiring } from './expiry-warning-repo.ts'

/** Time to ask colleagues and to renew. */
const warnDaysBefore = 14
/** Whoever confirmed the listing within the last week has seen the day. */
const quietDaysAfterConfirmation = 7
const pageSize = 500

/** Announces published listings whose validity ends within two weeks, each end once, however many runs find it. */
export async function warnOfExpiry({ db, clock }: { db: Db; clock: Clock }): Promise<undefined> {
  const now = clock.now()
  const due = {
    from: chinaDay(now),
    to: chinaDay(addDays(now, warnDaysBefore)),
    confirmedBefore: addDays(now, -quietDaysAfterConfirmation),
    limit: pageSize,
  }
  let found: number
  do {
    found = await withTx(db, async (tx) => {
      const listings = await markExpiring(tx, due)
      await appendEvents(
        tx,
        listings.map((fact) => listingExpiring(fact, now)),
      )
      return listings.length
    })
  } while (found === pageSize)
}
