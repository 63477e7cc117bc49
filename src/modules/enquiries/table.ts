import { bigint, date, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { bytes, instant, typeId } from '../../db/columns.ts'
import { enquiryEnders, enquirySides, enquiryStates } from './domain/enquiry.ts'

export const enquiries = pgTable('enquiries', {
  id: typeId('enquiry')('id').primaryKey(),
  supplyId: typeId('supply')('supply_id').notNull(),
  sellerOrgId: typeId('organisation')('seller_org_id').notNull(),
  buyerOrgId: typeId('organisation')('buyer_org_id').notNull(),
  /** Home market of the supply. */
  market: text('market').notNull(),
  state: text('state', { enum: enquiryStates }).notNull(),
  openedBy: typeId('user')('opened_by').notNull(),
  /** What the buyer asks, sealed. */
  box: bytes('box').notNull(),
  /** Last day in China: of the seller's answer, then of the newest quote. */
  expiresOn: date('expires_on').notNull(),
  acceptedQuoteId: typeId('quote')('accepted_quote_id'),
  endedBy: text('ended_by', { enum: enquiryEnders }),
  endedAt: instant('ended_at'),
  reasonCode: text('reason_code'),
  version: integer('version').notNull().default(1),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

/** The negotiation, which only grows: a trigger refuses UPDATE and DELETE. */
export const enquiryQuotes = pgTable('enquiry_quotes', {
  id: typeId('quote')('id').primaryKey(),
  enquiryId: typeId('enquiry')('enquiry_id').notNull(),
  side: text('side', { enum: enquirySides }).notNull(),
  userId: typeId('user')('user_id').notNull(),
  /** Equal for a fixed price. */
  priceMinFen: bigint('price_min_fen', { mode: 'number' }).notNull(),
  priceMaxFen: bigint('price_max_fen', { mode: 'number' }).notNull(),
  validUntil: date('valid_until').notNull(),
  /** Terms, sealed. */
  box: bytes('box'),
  createdAt: instant('created_at').notNull(),
})
