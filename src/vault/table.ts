import { pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, instant } from '../db/columns.ts'

/** The key of each object that has sealed texts, by the UUID of the object whatever its kind. */
export const dataKeys = pgTable('data_keys', {
  subject: uuid('subject').primaryKey(),
  wrapped: bytes('wrapped').notNull(),
  /** Which master key wraps it. */
  keyId: text('key_id').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
})
