import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { appendEvents } from '../../outbox/index.ts'
import { type ApplicationId, listLate, markChased } from './application-repo.ts'
import { applicationStepLate } from './events.ts'

const batch = 500

/** Reminds providers, once for each step, of applications whose next step is overdue. */
export async function chaseLateSteps({ db, clock }: { db: Db; clock: Clock }): Promise<undefined> {
  const now = clock.now()
  let late: ApplicationId[]
  do {
    late = await listLate(db, now, batch)
    for (const id of late) await chase(db, id, now)
  } while (late.length === batch)
}

/** Looks again in the update: the provider may have been faster. */
function chase(db: Db, id: ApplicationId, now: Date): Promise<void> {
  return withTx(db, async (tx) => {
    const chased = await markChased(tx, id, now)
    if (chased === undefined) return
    const { providerId, stage, version } = chased
    await appendEvents(tx, [applicationStepLate({ applicationId: id, providerId, stage, version }, now)])
  })
}
