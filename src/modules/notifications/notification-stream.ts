import type { Db } from '../../db/client.ts'
import type { StreamSource } from '../../http/sse/source.ts'
import type { Principal } from '../../kernel/principal.ts'
import { getExtent } from '../../sequencer/index.ts'
import { countUnread } from './notification-repo.ts'
import { toNotificationResponse } from './present.ts'
import { notificationTopic, sequenceName } from './sequence.ts'
import { listNotificationsAfter } from './stream-repo.ts'

/** The actor's notifications as they come. */
export function notificationStream({ db }: { db: Db }, { userId }: Principal): StreamSource {
  return {
    topics: [notificationTopic(userId)],
    greeting: async () => ({ unreadCount: await countUnread(db, userId) }),
    extent: () => getExtent(db, sequenceName),
    read: async (page) => {
      const rows = await listNotificationsAfter(db, userId, page)
      return {
        events: rows.map((row) => ({ id: row.seq, event: 'notification', data: toNotificationResponse(row) })),
      }
    },
  }
}
