import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { listOpenSessions, type Session } from './session-repo.ts'

/** The actor's own sessions that are not over, newest first. */
export function listSessions(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  page: PageRequest,
): Promise<PageOf<Session>> {
  return listOpenSessions(deps.db, { userId: actor.userId, now: deps.clock.now() }, page)
}
