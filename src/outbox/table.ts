import { bigint, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant, typeId } from '../db/columns.ts'

/** Facts on their way from the transaction that made them true to the jobs that follow from them. */
export const outboxEvents = pgTable('outbox_events', {
  id: typeId('event')('id').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).generatedAlwaysAsIdentity(),
  type: text('type').notNull(),
  version: integer('version').notNull(),
  data: jsonb('data').$type<Record<string, unknown>>().notNull(),
  occurredAt: instant('occurred_at').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  attempts: integer('attempts').notNull().default(0),
  availableAt: instant('available_at').notNull().defaultNow(),
  leaseUntil: instant('lease_until'),
  leaseToken: uuid('lease_token'),
  doneAt: instant('done_at'),
  deadAt: instant('dead_at'),
  lastError: text('last_error'),
})
