import type { Db } from '../../db/client.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { countUnread, type InboxFilter, listNotifications as listRows, type Notification } from './notification-repo.ts'

export type ListNotifications = Omit<InboxFilter, 'userId'> & { page: PageRequest }
export type Inbox = { page: PageOf<Notification>; unreadCount: number }

/** The actor's own notifications, newest first, with the number of unread ones whatever the filter. */
export async function listNotifications(
  deps: { db: Db },
  actor: Principal,
  { isUnread, kinds, page }: ListNotifications,
): Promise<Inbox> {
  const { userId } = actor
  return {
    page: await listRows(deps.db, { userId, isUnread, kinds }, page),
    unreadCount: await countUnread(deps.db, userId),
  }
}
