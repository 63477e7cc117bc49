import { bigint, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant, typeId } from '../db/columns.ts'
import type { Head } from './chain.ts'

/** Who did what to which object; triggers refuse UPDATE, DELETE and TRUNCATE. */
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
  /** See origin.ts; both are absent in what a job did. */
  requestId: text('request_id'),
  network: text('network'),
})

/** Entries that the sealer has not linked yet; a trigger on `audit_entries` fills it. */
export const auditPending = pgTable('audit_pending', {
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  entryId: typeId('audit')('entry_id').notNull(),
})

/** Where in the chain of its organisation an entry stands; as append-only as the entries. */
export const auditLinks = pgTable('audit_links', {
  entryId: typeId('audit')('entry_id').primaryKey(),
  chain: uuid('chain').notNull(),
  position: bigint('position', { mode: 'number' }).notNull(),
  prevHash: text('prev_hash').notNull(),
  hash: text('hash').notNull(),
  sealedAt: instant('sealed_at').notNull(),
})

/** Where the chains stood on a day: without it, cutting off a chain's end would leave no trace. */
export const auditAnchors = pgTable('audit_anchors', {
  position: bigint('position', { mode: 'number' }).primaryKey(),
  heads: jsonb('heads').$type<Head[]>().notNull(),
  prevHash: text('prev_hash').notNull(),
  hash: text('hash').notNull(),
  madeAt: instant('made_at').notNull(),
})

export type AuditEntryRow = typeof auditEntries.$inferSelect
