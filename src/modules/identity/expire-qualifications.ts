import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { appendEvents } from '../../outbox/index.ts'
import { qualificationExpired } from './events.ts'
import { expireQualificationRows } from './qualification-repo.ts'

/** Marks qualifications whose last day is over and says so, each once; repeating it does nothing. */
export async function expireQualifications(deps: { db: Db; clock: Clock }): Promise<undefined> {
  const now = deps.clock.now()
  await withTx(deps.db, async (tx) => {
    const expired = await expireQualificationRows(tx, chinaDay(now))
    const facts = expired.map(({ id, orgId, type }) =>
      qualificationExpired({ organisationId: orgId, qualificationId: id, type }, now),
    )
    await appendEvents(tx, facts)
  })
}
