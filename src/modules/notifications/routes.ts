import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { exampleNotification, exampleStreamEvents } from './examples.ts'
import { listNotifications } from './list-notifications.ts'
import { notificationStream } from './notification-stream.ts'
import { preferenceRoutes } from './preference-routes.ts'
import { toNotificationResponse } from './present.ts'
import { readAllNotifications } from './read-all-notifications.ts'
import { readNotification } from './read-notification.ts'
import {
  inboxResponse,
  listNotificationsQuery,
  notificationResponse,
  readAllResponse,
  streamGreeting,
} from './schemas.ts'

export { mailRoutes } from './mail-routes.ts'

const tag = 'Notifications'
const params = z.object({ id: idSchema('notification') })

/** The signed-in user's inbox and choices. */
export function notificationRoutes(api: Api, deps: { clock: Clock }): void {
  preferenceRoutes(api, deps)
  api.get('/v1/notifications', {
    operationId: 'listNotifications',
    summary: 'List your notifications, newest first',
    tag,
    permission: 'notification.read',
    query: listNotificationsQuery,
    response: inboxResponse,
    example: {
      response: { data: [exampleNotification], page: { nextCursor: null, hasMore: false }, unreadCount: 1 },
    },
    handle: async ({ db, actor, query, pager }) => {
      const input = { isUnread: query.unread === true, kinds: query.kind, page: pager.request(query) }
      const { page, unreadCount } = await listNotifications({ db }, actor, input)
      return { body: { ...pager.answer(page, toNotificationResponse), unreadCount } }
    },
  })
  api.stream('/v1/notifications/stream', {
    operationId: 'streamNotifications',
    summary: 'Get your notifications as they come',
    tag,
    permission: 'notification.read',
    events: { ready: streamGreeting, notification: notificationResponse },
    examples: exampleStreamEvents,
    open: async ({ db, actor }) => notificationStream({ db }, actor),
  })
  api.post('/v1/notifications/:id/read', {
    operationId: 'readNotification',
    summary: 'Mark a notification as read',
    tag,
    permission: 'notification.read',
    params,
    response: notificationResponse,
    example: { response: { ...exampleNotification, readAt: '2026-11-20T03:00:00.000Z' } },
    handle: async ({ db, actor, params: { id } }) => ({
      body: toNotificationResponse(await readNotification({ ...deps, db }, actor, id)),
    }),
  })
  api.post('/v1/notifications/read-all', {
    operationId: 'readAllNotifications',
    summary: 'Mark all your notifications as read',
    tag,
    permission: 'notification.read',
    response: readAllResponse,
    example: { response: { marked: 4 } },
    handle: async ({ db, actor }) => ({ body: { marked: await readAllNotifications({ ...deps, db }, actor) } }),
  })
}
