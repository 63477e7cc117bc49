import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import { queryFlag, queryList } from '../../http/query.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { notificationKinds } from './domain/kinds.ts'
import { linksSchema } from './links.ts'

export const listNotificationsQuery = z.object({
  ...pageQuery,
  unread: queryFlag().optional().meta({ description: 'true: only unread ones.' }),
  kind: queryList(z.enum(notificationKinds), notificationKinds.length).optional(),
})

const bilingualText = z.object({ zh: z.string(), en: z.string() })

export const notificationResponse = defineSchema(
  'Notification',
  z.object({
    id: idSchema('notification'),
    kind: z.enum(notificationKinds),
    title: bilingualText,
    body: bilingualText,
    links: linksSchema,
    readAt: z.iso.datetime().optional(),
    createdAt: z.iso.datetime(),
  }),
)

export const inboxResponse = pageSchema(notificationResponse).extend({ unreadCount: z.int().min(0) })

/** The first event of the stream. */
export const streamGreeting = z.object({ unreadCount: z.int().min(0) })

export const readAllResponse = z.object({
  marked: z.int().min(0).meta({ description: 'How many had been unread.' }),
})

const storedMail = {
  id: idSchema('storedMail'),
  messageId: z.string(),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  createdAt: z.iso.datetime(),
}
export const storedMailSummary = defineSchema('StoredMailSummary', z.object(storedMail))
export const storedMailResponse = defineSchema(
  'StoredMail',
  z.object({ ...storedMail, text: z.string(), html: z.string(), headers: z.record(z.string(), z.string()) }),
)
