import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { addDays, type Clock, chinaDay } from '../../kernel/clock.ts'
import { appendEvents } from '../../outbox/append.ts'
import { markUnconfirmed } from './confirmation-request-repo.ts'
import { reconfirmAfterDays } from './domain/trust-code.ts'
import { listingUnconfirmed } from './events.ts'

/** Who has not answered is asked again after a month. */
const askAgainDays = 30
const pageSize = 500

/** Announces published listings that nobody has confirmed for 90 days, and again each month until somebody does. */
export async function askConfirmation({ db, clock }: { db: Db; clock: Clock }): Promise<undefined> {
  const now = clock.now()
  const due = {
    ...{ now, limit: pageSize },
    // The trust code counts days in China: one that is yellow for it was confirmed before this day began.
    confirmedBefore: addDays(new Date(`${chinaDay(now)}T00:00:00+08:00`), -reconfirmAfterDays),
    askedBefore: addDays(now, -askAgainDays),
  }
  let found: number
  do {
    found = await withTx(db, async (tx) => {
      const listings = await markUnconfirmed(tx, due)
      const facts = listings.map(({ listingId, kind, market, confirmedAt }) => ({
        ...{ listingId, kind, market },
        ...{ confirmedOn: chinaDay(confirmedAt), askedOn: chinaDay(now) },
      }))
      await appendEvents(
        tx,
        facts.map((fact) => listingUnconfirmed(fact, now)),
      )
      return listings.length
    })
  } while (found === pageSize)
}
