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
import { instant, typeId } from '../../db/columns.ts'
import type { GateFailure } from './domain/gates/gate.ts'
import type { ScorePart } from './domain/score.ts'
import type { Level } from './domain/score-model.ts'
import type { Facts, ListingKind } from './domain/types.ts'

const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })
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
  decidedAt: instant('decided_at'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})
