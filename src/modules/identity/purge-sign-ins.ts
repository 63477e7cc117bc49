import type { Db } from '../../db/client.ts'
import { addDays, type Clock } from '../../kernel/clock.ts'
import { deleteLoginAttemptsBefore } from './login-attempt-repo.ts'
import { deleteSessionsEndedBefore } from './session-repo.ts'
import { deleteStreamTicketsExpiredBefore } from './stream-ticket-repo.ts'

/** Sessions stay this long after their end, so that a copied refresh token is still recognised. */
const keptDays = 30

/** Removes what no sign-in can need any more; repeating it does nothing. */
export async function purgeSignIns(deps: { db: Db; clock: Clock }): Promise<undefined> {
  const now = deps.clock.now()
  await deleteSessionsEndedBefore(deps.db, addDays(now, -keptDays))
  await deleteStreamTicketsExpiredBefore(deps.db, now)
  await deleteLoginAttemptsBefore(deps.db, addDays(now, -1))
}
