import { bigint, boolean, customType, date, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant, typeId } from '../../db/columns.ts'
import type { Ladder } from './domain/ladder.ts'
import { lotOutcomes, lotStates, saleModes, unsoldReasons } from './domain/lot.ts'
import type { AuctionRules } from './domain/rules.ts'

const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })
const fen = (name: string) => bigint(name, { mode: 'number' })

export const auctionSeasons = pgTable('auction_seasons', {
  id: typeId('auctionSeason')('id').primaryKey(),
  market: text('market').notNull(),
  name: text('name').notNull(),
  theme: text('theme'),
  startsOn: date('starts_on').notNull(),
  endsOn: date('ends_on').notNull(),
  version: integer('version').notNull().default(1),
  createdBy: typeId('user')('created_by').notNull(),
  createdAt: instant('created_at').notNull(),
})

export const auctionSessions = pgTable('auction_sessions', {
  id: typeId('auctionSession')('id').primaryKey(),
  seasonId: typeId('auctionSeason')('season_id').notNull(),
  market: text('market').notNull(),
  title: text('title').notNull(),
  introduction: text('introduction'),
  fields: text('fields').array().notNull(),
  place: text('place'),
  heldOn: date('held_on').notNull(),
  previewFrom: instant('preview_from'),
  previewTo: instant('preview_to'),
  version: integer('version').notNull().default(1),
  createdBy: typeId('user')('created_by').notNull(),
  createdAt: instant('created_at').notNull(),
})

/** The terms that bidders read before they register; the file itself stays with the operator. */
export type TermsDocument = { name: string; sha256: string; sizeBytes: number; mediaType: string }

export const auctionLots = pgTable('auction_lots', {
  id: typeId('auction')('id').primaryKey(),
  sessionId: typeId('auctionSession')('session_id').notNull(),
  market: text('market').notNull(),
  supplyId: typeId('supply')('supply_id').notNull(),
  sellerOrgId: typeId('organisation')('seller_org_id').notNull(),
  title: text('title').notNull(),
  fields: text('fields').array().notNull(),
  saleMode: text('sale_mode', { enum: saleModes }).notNull(),
  state: text('state', { enum: lotStates }).notNull(),
  outcome: text('outcome', { enum: lotOutcomes }),
  unsoldReason: text('unsold_reason', { enum: unsoldReasons }),
  startFen: fen('start_fen').notNull(),
  ladder: jsonb('ladder').$type<Ladder>().notNull(),
  depositFen: fen('deposit_fen').notNull(),
  valuationFen: fen('valuation_fen').notNull(),
  valuedOn: date('valued_on').notNull(),
  valuedBy: text('valued_by').notNull(),
  termsDocument: jsonb('terms_document').$type<TermsDocument>(),
  requiredQualifications: text('required_qualifications').array().notNull(),
  priorityOrgIds: typeId('organisation')('priority_org_ids').array().notNull(),
  relatedOrgIds: typeId('organisation')('related_org_ids').array().notNull(),
  opensAt: instant('opens_at').notNull(),
  /** As announced; what bids have made of it is in the book. */
  plannedEndsAt: instant('planned_ends_at').notNull(),
  /** Amount and salt under the vault's key until the close. */
  reserveBox: bytes('reserve_box').notNull(),
  reserveCommitment: text('reserve_commitment').notNull(),
  reserveFen: fen('reserve_fen'),
  reserveSalt: text('reserve_salt'),
  rulesVersion: text('rules_version'),
  rules: jsonb('rules').$type<AuctionRules>(),
  termsHash: text('terms_hash'),
  announcedAt: instant('announced_at'),
  closedAt: instant('closed_at'),
  withdrawalReason: text('withdrawal_reason'),
  previousLotId: typeId('auction')('previous_lot_id'),
  /** From where it was drafted, for the operator. */
  addressRange: text('address_range'),
  round: integer('round').notNull().default(1),
  version: integer('version').notNull().default(1),
  createdBy: typeId('user')('created_by').notNull(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

/** The hot row of an announced lot: all that a bid reads and changes. */
export const auctionBooks = pgTable('auction_books', {
  lotId: typeId('auction')('lot_id').primaryKey(),
  opensAt: instant('opens_at').notNull(),
  endsAt: instant('ends_at').notNull(),
  hardEndsAt: instant('hard_ends_at').notNull(),
  softCloseMs: integer('soft_close_ms').notNull(),
  ladderFrom: fen('ladder_from').array().notNull(),
  ladderStep: fen('ladder_step').array().notNull(),
  isClosed: boolean('is_closed').notNull().default(false),
  seq: integer('seq').notNull().default(0),
  priceFen: fen('price_fen'),
  leastFen: fen('least_fen').notNull(),
  leaderId: typeId('auctionRegistration')('leader_id'),
  leaderNumber: integer('leader_number'),
  /** For the leader alone. */
  leaderMaxFen: fen('leader_max_fen'),
  lastHash: text('last_hash').notNull(),
})
