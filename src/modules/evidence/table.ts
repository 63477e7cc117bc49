import { date, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant, typeId } from '../../db/columns.ts'
import type { FactValue } from '../../rules/index.ts'
import { evidenceStates } from './domain/evidence.ts'

/** One row a statement: a field of the rule language, its value, the day it is true of, and where it stands. */
export const organisationEvidence = pgTable('organisation_evidence', {
  id: typeId('evidence')('id').primaryKey(),
  orgId: typeId('organisation')('org_id').notNull(),
  field: text('field').notNull(),
  value: jsonb('value').$type<FactValue>().notNull(),
  asOf: date('as_of', { mode: 'string' }).notNull(),
  /** Last day on which it counts; null when it does not end. */
  validTo: date('valid_to', { mode: 'string' }),
  source: text('source').notNull(),
  state: text('state', { enum: evidenceStates }).notNull(),
  declaredBy: typeId('user')('declared_by').notNull(),
  verifiedAt: instant('verified_at'),
  createdAt: instant('created_at').notNull(),
})
