import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { updateAllToRead } from './notification-repo.ts'

/** Marks everything unread as read. @returns how many that were. */
export function readAllNotifications(deps: { db: Db; clock: Clock }, { userId }: Principal): Promise<number> {
  return updateAllToRead(deps.db, userId, deps.clock.now())
}
