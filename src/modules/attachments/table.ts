import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { instant, typeId } from '../../db/columns.ts'
import { attachmentTiers } from './domain/attachment.ts'

export const attachments = pgTable('attachments', {
  /** Also the key in the file store. */
  id: typeId('attachment')('id').primaryKey(),
  /** The listing or introduction, with its prefix. */
  subject: text('subject').notNull(),
  /** The listing that it was first added to, where the subject took that one in. */
  cameFrom: text('came_from'),
  orgId: typeId('organisation')('org_id').notNull(),
  userId: typeId('user')('user_id').notNull(),
  tier: text('tier', { enum: [...attachmentTiers, 'thread'] }).notNull(),
  fileName: text('file_name').notNull(),
  mediaType: text('media_type').notNull(),
  sizeBytes: integer('size_bytes').notNull(),
  sha256: text('sha256').notNull(),
  createdAt: instant('created_at').notNull(),
  /** Null while the bytes are on their way to the store. */
  storedAt: instant('stored_at'),
  removedAt: instant('removed_at'),
})
