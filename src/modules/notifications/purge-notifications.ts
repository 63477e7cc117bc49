import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { addDays, type Clock } from '../../kernel/clock.ts'
import { raiseFloor } from '../../sequencer/index.ts'
import { deleteFinishedMails } from './mail-repo.ts'
import { deleteOldNotifications } from './notification-repo.ts'
import { sequenceName } from './sequence.ts'
import { deleteStoredMails } from './stored-mail-repo.ts'

const readKeptDays = 180
const unreadKeptDays = 365
const mailsKeptDays = 180
const storedMailsKeptDays = 30
/** About 50 ms of locks a batch. */
const batchSize = 5_000

/** Deletes read notifications 180 days after reading, unread ones after 365, mails after 180 and stored mails after 30. */
export async function purgeNotifications({ db, clock }: { db: Db; clock: Clock }): Promise<undefined> {
  const before = (days: number) => addDays(clock.now(), -days)
  const readBefore = before(readKeptDays)
  const unreadBefore = before(unreadKeptDays)
  await inBatches((limit) =>
    withTx(db, async (tx) => {
      const { count, highestSeq } = await deleteOldNotifications(tx, { readBefore, unreadBefore, limit })
      await raiseFloor(tx, sequenceName, highestSeq)
      return count
    }),
  )
  await inBatches((limit) => deleteFinishedMails(db, { before: before(mailsKeptDays), limit }))
  await inBatches((limit) => deleteStoredMails(db, { before: before(storedMailsKeptDays), limit }))
  return undefined
}

async function inBatches(deleteBatch: (limit: number) => Promise<number>): Promise<void> {
  while ((await deleteBatch(batchSize)) === batchSize);
}
