import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { appendEvents } from '../../outbox/index.ts'
import { organisationQualificationsChanged } from './events.ts'
import { expireQualificationRows } from './qualification-repo.ts'

/** Marks qualifications whose last day is over and says whose changed, each once; repeating it does nothing. */
export async function expireQualifications(deps: { db: Db; clock: Clock }): Promise<undefined> {
  const now = deps.clock.now()
  await withTx(deps.db, async (tx) => {
    const expired = await expireQualificationRows(tx, chinaDay(now))
    const organisations = [...new Set(expired.map(({ orgId }) => orgId))]
    const facts = organisations.map((organisationId) => organisationQualificationsChanged({ organisationId }, now))
    await appendEvents(tx, facts)
  })
}
