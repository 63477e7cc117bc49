import { jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant, typeId } from '../../db/columns.ts'
import type { NotificationKind } from './domain/kinds.ts'
import type { NoticeParams } from './domain/notice.ts'

export const notifications = pgTable('notifications', {
  id: typeId('notification')('id').primaryKey(),
  userId: typeId('user')('user_id').notNull(),
  orgId: typeId('organisation')('org_id').notNull(),
  kind: text('kind').$type<NotificationKind>().notNull(),
  /** See Notice.subjectId. */
  subjectId: text('subject_id').notNull(),
  params: jsonb('params').$type<NoticeParams>().notNull(),
  readAt: instant('read_at'),
  createdAt: instant('created_at').notNull(),
})
