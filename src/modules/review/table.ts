import { sql } from 'drizzle-orm'
import { bigint, doublePrecision, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, typeId } from '../../db/columns.ts'
import { decisions, reviewStates, type Snapshot } from './domain/review-item.ts'
import { readingAnswers, reviewStages } from './domain/second-reading.ts'
import type { Worth } from './domain/turn.ts'

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
  /** The match's level, 1–4. */
  priority: integer('priority').notNull(),
  /** The queue's order, see domain/turn.ts; `worth` explains it and is null for items of before. */
  turnAt: instant('turn_at').notNull().default(sql`clock_timestamp()`),
  worth: jsonb('worth').$type<Worth>(),
  /** What the deal may be worth; null when neither side has said. */
  valueFen: bigint('value_fen', { mode: 'number' }),
  /** From then on field and region do not matter any more. */
  openToAllAt: instant('open_to_all_at').notNull().default(sql`clock_timestamp()`),
  /** The least step on the ladder of grades. */
  minStep: integer('min_step').notNull().default(0),
  /** The certificate that its broker must hold. */
  certificate: text('certificate'),
  stage: text('stage', { enum: reviewStages }).notNull().default('first'),
  dueAt: instant('due_at').notNull().default(sql`clock_timestamp() + interval '48 hours'`),
  /** Twice the time of `dueAt`. */
  lateAt: instant('late_at').notNull().default(sql`clock_timestamp() + interval '96 hours'`),
  /** How often it was chased: at `dueAt`, at `lateAt`. */
  chases: integer('chases').notNull().default(0),
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

/** What each broker said about an item, append-only. */
export const reviewReadings = pgTable(
  'review_readings',
  {
    reviewItemId: typeId('reviewItem')('review_item_id').notNull(),
    turn: integer('turn').notNull(),
    /** The item's `createdAt`: an item that was withdrawn and opened again starts anew. */
    openedAt: instant('opened_at').notNull(),
    stage: text('stage', { enum: reviewStages }).notNull(),
    userId: typeId('user')('user_id').notNull(),
    orgId: typeId('organisation')('org_id').notNull(),
    answer: text('answer', { enum: readingAnswers }).notNull(),
    reasonCode: text('reason_code'),
    note: text('note'),
    readAt: instant('read_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.reviewItemId, table.turn] })],
)
