import { sql } from 'drizzle-orm'
import {
  boolean,
  customType,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytes, instant, typeId } from '../../db/columns.ts'
import type { GateFailure } from './domain/gates/gate.ts'
import type { ModelMetrics } from './domain/learning/refit.ts'
import type { ScorePart } from './domain/score.ts'
import type { Level, ScoreModel } from './domain/score-model.ts'
import type { Facts, ListingKind } from './domain/types.ts'

const xid8 = customType<{ data: string; driverData: string }>({ dataType: () => 'xid8' })
const tsvector = customType<{ data: string; driverData: string }>({ dataType: () => 'tsvector' })

export const matchStates = ['proposed', 'approved', 'rejected', 'stale'] as const
export type MatchState = (typeof matchStates)[number]

/** What is on the market, ready to be found; `id` is bare because its prefix depends on `kind`. */
export const matchDocuments = pgTable('match_documents', {
  listingId: uuid('listing_id').primaryKey(),
  kind: text('kind').$type<ListingKind>().notNull(),
  orgId: typeId('organisation')('org_id').notNull(),
  market: text('market').notNull(),
  version: integer('version').notNull(),
  /** The body stands in a column of its own, because only a demand's body is compared. */
  facts: jsonb('facts').$type<Omit<Facts, 'body'>>().notNull(),
  body: text('body').notNull(),
  terms: tsvector('terms').notNull(),
  matchedTitles: integer('matched_titles').notNull().default(0),
  /** The transaction that wrote the row last. */
  changedXid: xid8('changed_xid').notNull().default(sql`pg_current_xact_id()`),
  updatedAt: instant('updated_at').notNull(),
})

export const termFrequencies = pgTable(
  'term_frequencies',
  {
    kind: text('kind').$type<ListingKind>().notNull(),
    term: text('term').notNull(),
    documents: integer('documents').notNull(),
    countedAt: instant('counted_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.term] })],
)

export const textModels = pgTable('text_models', {
  version: text('version').primaryKey(),
  documentCount: integer('document_count').notNull(),
  payload: bytes('payload').notNull(),
  isActive: boolean('is_active').notNull(),
  createdAt: instant('created_at').notNull(),
})

export const matches = pgTable('matches', {
  id: typeId('match')('id').primaryKey(),
  demandId: typeId('demand')('demand_id').notNull(),
  supplyId: typeId('supply')('supply_id').notNull(),
  modelVersion: text('model_version').notNull(),
  textModelVersion: text('text_model_version').notNull(),
  score: doublePrecision('score').notNull(),
  level: smallint('level').$type<Level>().notNull(),
  parts: jsonb('parts').$type<ScorePart[]>().notNull(),
  gates: jsonb('gates').$type<GateFailure[]>().notNull(),
  explanation: text('explanation').array().notNull(),
  /** Home market of the demand. */
  market: text('market').notNull(),
  demandOrgId: typeId('organisation')('demand_org_id').notNull(),
  supplyOrgId: typeId('organisation')('supply_org_id').notNull(),
  demandVersion: integer('demand_version').notNull(),
  supplyVersion: integer('supply_version').notNull(),
  state: text('state').$type<MatchState>().notNull(),
  /** Matches whose decisions the score rests on. */
  history: typeId('match')('history').array().notNull().default([]),
  decidedAt: instant('decided_at'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

/** How soon organisations answer, of those of which it is known. */
export const answeringTimes = pgTable('answering_times', {
  orgId: typeId('organisation')('org_id').primaryKey(),
  medianHours: doublePrecision('median_hours').notNull(),
  cases: integer('cases').notNull(),
  measuredAt: instant('measured_at').notNull(),
})

export const modelStates = ['candidate', 'active', 'retired'] as const
export const refitOutcomes = ['refused', 'kept_back', 'activated'] as const

export const scoreModels = pgTable('score_models', {
  version: text('version').primaryKey(),
  kind: text('kind', { enum: ['shipped', 'refit'] }).notNull(),
  state: text('state', { enum: modelStates }).notNull(),
  isPinned: boolean('is_pinned').notNull().default(false),
  trainingSize: integer('training_size').notNull(),
  metrics: jsonb('metrics').$type<ModelMetrics>().notNull(),
  weights: jsonb('weights').$type<ScoreModel>().notNull(),
  createdBy: typeId('user')('created_by'),
  createdAt: instant('created_at').notNull(),
  activatedAt: instant('activated_at'),
})

export const scoreModelRefits = pgTable('score_model_refits', {
  id: uuid('id').primaryKey(),
  outcome: text('outcome', { enum: refitOutcomes }).notNull(),
  reason: text('reason'),
  approved: integer('approved').notNull(),
  rejected: integer('rejected').notNull(),
  version: text('version'),
  createdAt: instant('created_at').notNull(),
})

export const matchDecisions = pgTable('match_decisions', {
  matchId: typeId('match')('match_id').primaryKey(),
  demandId: typeId('demand')('demand_id').notNull(),
  supplyId: typeId('supply')('supply_id').notNull(),
  isApproved: boolean('is_approved').notNull(),
  demandFacts: jsonb('demand_facts').$type<Facts>().notNull(),
  supplyFacts: jsonb('supply_facts').$type<Facts>().notNull(),
  decidedAt: instant('decided_at').notNull(),
})
