import { doublePrecision, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant, typeId } from '../../db/columns.ts'
import { decisions, reviewStates, type Snapshot } from './domain/review-item.ts'

export const reviewItems = pgTable('review_items', {
  id: typeId('reviewItem')('id').primaryKey(),
  matchId: typeId('match')('match_id').notNull(),
  demandId: typeId('demand')('demand_id').notNull(),
  supplyId: typeId('supply')('supply_id').notNull(),
  demandOrgId: typeId('organisation')('demand_org_id').notNull(),
  supplyOrgId: typeId('organisation')('supply_org_id').notNull(),
  /** The demand's home market, its fields and its region: by these, brokers pick their work. */
  market: text('market').notNull(),
  fields: text('fields').array().notNull(),
  region: text('region'),
  score: doublePrecision('score').notNull(),
  /** The match's level, 1–4. Coarse on purpose: within a level the oldest item comes first. */
  priority: integer('priority').notNull(),
  state: text('state', { enum: reviewStates }).notNull(),
  leaseOwner: typeId('user')('lease_owner'),
  leaseUntil: instant('lease_until'),
  leaseToken: uuid('lease_token'),
  snoozedUntil: instant('snoozed_until'),
  decision: text('decision', { enum: decisions }),
  /** Of the decision or the last snooze. */
  reasonCode: text('reason_code'),
  note: text('note'),
  decidedBy: typeId('user')('decided_by'),
  decidedAt: instant('decided_at'),
  snapshot: jsonb('snapshot').$type<Snapshot>().notNull(),
  version: integer('version').notNull().default(1),
  createdAt: instant('created_at').notNull(),
})
