import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import { deleteAnsweringTimesBefore, upsertAnsweringTimes } from './answering-time-repo.ts'
import { listQuestions } from './answering-view.ts'
import { type AnsweringTime, answeringRule, answeringTimeOf } from './domain/answering-time.ts'

/** Organisations of one statement; each has some dozen questions in half a year. */
const batch = 500
const dayMs = 86_400_000

/** Measures anew how soon every organisation answers; of whom too little is known, nothing is kept. */
export async function measureAnsweringTimes({ db, clock }: { db: Db; clock: Clock }): Promise<undefined> {
  const now = clock.now()
  const since = new Date(now.getTime() - answeringRule.days * dayMs)
  let after: Id<'organisation'> | undefined
  let asked: Awaited<ReturnType<typeof listQuestions>>
  do {
    asked = await listQuestions(db, { since, now, after, limit: batch })
    const times = new Map<Id<'organisation'>, AnsweringTime>()
    for (const [orgId, questions] of asked) {
      const time = answeringTimeOf(questions)
      if (time !== undefined) times.set(orgId, time)
      after = orgId
    }
    await withTx(db, (tx) => upsertAnsweringTimes(tx, times, now))
  } while (asked.size === batch)
  await deleteAnsweringTimesBefore(db, now)
}
