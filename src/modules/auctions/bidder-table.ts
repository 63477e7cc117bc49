import { bigint, boolean, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant, typeId } from '../../db/columns.ts'
import { awardBases, awardStates } from './domain/award.ts'
import { bidKinds } from './domain/chain.ts'
import { depositAccounts, depositMoves, depositStates } from './domain/deposit.ts'
import { registrationStates } from './domain/registration.ts'

const fen = (name: string) => bigint(name, { mode: 'number' })

export const auctionRegistrations = pgTable('auction_registrations', {
  id: typeId('auctionRegistration')('id').primaryKey(),
  lotId: typeId('auction')('lot_id').notNull(),
  orgId: typeId('organisation')('org_id').notNull(),
  userId: typeId('user')('user_id').notNull(),
  /** All that others see of the bidder; another one in every lot. */
  number: integer('number').notNull(),
  state: text('state', { enum: registrationStates }).notNull(),
  depositState: text('deposit_state', { enum: depositStates }).notNull().default('none'),
  depositFen: fen('deposit_fen').notNull(),
  claimsPriority: boolean('claims_priority').notNull(),
  relatedOrgIds: typeId('organisation')('related_org_ids').array().notNull(),
  /** Of the terms document that the bidder agreed to. */
  termsSha256: text('terms_sha256'),
  /** From where the bidder registered, for the operator. */
  addressRange: text('address_range'),
  decisionNote: text('decision_note'),
  decidedBy: typeId('user')('decided_by'),
  decidedAt: instant('decided_at'),
  createdAt: instant('created_at').notNull(),
})

/** Append-only; the commit refuses a move whose entries do not sum to zero. */
export const auctionDepositEntries = pgTable('auction_deposit_entries', {
  id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
  moveId: uuid('move_id').notNull(),
  registrationId: typeId('auctionRegistration')('registration_id').notNull(),
  move: text('move', { enum: depositMoves }).notNull(),
  account: text('account', { enum: depositAccounts }).notNull(),
  amountFen: fen('amount_fen').notNull(),
  reference: text('reference'),
  movedBy: typeId('user')('moved_by'),
  at: instant('at').notNull(),
})

/** Append-only and hash-chained; written by the statement in take-bid-repo.ts alone. */
export const auctionBids = pgTable('auction_bids', {
  lotId: typeId('auction')('lot_id').notNull(),
  seq: integer('seq').notNull(),
  registrationId: typeId('auctionRegistration')('registration_id').notNull(),
  bidderNumber: integer('bidder_number').notNull(),
  amountFen: fen('amount_fen').notNull(),
  kind: text('kind', { enum: bidKinds }).notNull(),
  coveredNumber: integer('covered_number'),
  at: instant('at').notNull(),
  endsAt: instant('ends_at').notNull(),
  previousHash: text('previous_hash').notNull(),
  hash: text('hash').notNull(),
})

export const bidOutcomes = ['leading', 'outbid', 'covered', 'raised'] as const

/** The answer to every request that was taken, by the bidder's key: what makes a repeat harmless. */
export const auctionBidRequests = pgTable('auction_bid_requests', {
  lotId: typeId('auction')('lot_id').notNull(),
  registrationId: typeId('auctionRegistration')('registration_id').notNull(),
  key: text('key').notNull(),
  limitFen: fen('limit_fen').notNull(),
  isMaximum: boolean('is_maximum').notNull(),
  outcome: text('outcome', { enum: bidOutcomes }).notNull(),
  seq: integer('seq').notNull(),
  amountFen: fen('amount_fen').notNull(),
  priceFen: fen('price_fen').notNull(),
  leastFen: fen('least_fen').notNull(),
  endsAt: instant('ends_at').notNull(),
  at: instant('at').notNull(),
})

export const auctionAwards = pgTable('auction_awards', {
  id: typeId('auctionAward')('id').primaryKey(),
  lotId: typeId('auction')('lot_id').notNull(),
  registrationId: typeId('auctionRegistration')('registration_id').notNull(),
  orgId: typeId('organisation')('org_id').notNull(),
  bidderNumber: integer('bidder_number').notNull(),
  amountFen: fen('amount_fen').notNull(),
  rank: integer('rank').notNull(),
  basis: text('basis', { enum: awardBases }).notNull(),
  state: text('state', { enum: awardStates }).notNull(),
  /** When payment and signature, or the answer to an offer, are due. */
  answerBy: instant('answer_by').notNull(),
  note: text('note'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})
