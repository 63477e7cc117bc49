import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { appendEvents } from '../../outbox/append.ts'
import { savedSearchDigestReady } from './events.ts'
import { lockDueSearches, updateWaitingToDigested } from './hit-repo.ts'

const BATCH_SIZE = 500

/** Lets every daily search with new hits be told, once a day: what is found after that waits for the next day. */
export async function tellDailyHits({ db, clock }: { db: Db; clock: Clock }): Promise<undefined> {
  const now = clock.now()
  const day = chinaDay(now)
  let told = BATCH_SIZE
  while (told === BATCH_SIZE) {
    told = await withTx(db, async (tx) => {
      const due = await lockDueSearches(tx, { day, limit: BATCH_SIZE })
      if (due.length === 0) return 0
      await updateWaitingToDigested(
        tx,
        due.map(({ id }) => id),
        day,
      )
      await appendEvents(
        tx,
        due.map(({ id, userId }) => savedSearchDigestReady({ savedSearchId: id, userId, day }, now)),
      )
      return due.length
    })
  }
}
