import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type Notification, updateToRead } from './notification-repo.ts'

/** Marks one notification as read; a second reading changes nothing. @throws NOT_FOUND for somebody else's. */
export function readNotification(
  deps: { db: Db; clock: Clock },
  { userId }: Principal,
  id: Id<'notification'>,
): Promise<Notification> {
  return updateToRead(deps.db, { id, userId }, deps.clock.now())
}
