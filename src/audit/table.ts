import { bigint, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant, typeId } from '../db/columns.ts'

/** Who did what to which object; a trigger refuses UPDATE and DELETE. */
export const auditEntries = pgTable('audit_entries', {
  id: typeId('audit')('id').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).generatedAlwaysAsIdentity(),
  orgId: typeId('organisation')('org_id'),
  userId: typeId('user')('user_id'),
  action: text('action').notNull(),
  objectId: text('object_id'),
  /** Codes and ids only: never texts, contacts or secrets. */
  facts: jsonb('facts').$type<Record<string, unknown>>().notNull(),
  at: instant('at').notNull(),
})
