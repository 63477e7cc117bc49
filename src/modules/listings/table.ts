import { bigint, date, integer, jsonb, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, instant, typeId } from '../../db/columns.ts'
import type { ListingOutcome, ListingState } from './domain/lifecycle.ts'
import type { Contact, Indicator, ListingKind, Provenance } from './domain/listing.ts'
import type { TrustCode, TrustReason } from './domain/trust-code.ts'

/** All three kinds; `id` is bare here because its prefix depends on `kind` (listing-repo puts it on). */
export const listings = pgTable('listings', {
  id: uuid('id').primaryKey(),
  kind: text('kind').$type<ListingKind>().notNull(),
  orgId: typeId('organisation')('org_id').notNull(),
  market: text('market').notNull(),
  state: text('state').$type<ListingState>().notNull(),
  outcome: text('outcome').$type<ListingOutcome>(),
  title: text('title').notNull(),
  summary: text('summary'),
  description: text('description'),
  fields: text('fields').array().notNull(),
  industries: text('industries').array().notNull(),
  strategicIndustries: text('strategic_industries').array().notNull(),
  ipc: text('ipc').array().notNull(),
  keywords: text('keywords').array().notNull(),
  region: text('region'),
  cooperationModes: text('cooperation_modes').array().notNull(),
  indicators: jsonb('indicators').$type<Indicator[]>().notNull(),
  language: text('language').notNull(),
  provenance: jsonb('provenance').$type<Provenance>(),
  externalId: text('external_id'),
  validUntil: date('valid_until'),
  trlMin: smallint('trl_min'),
  trlMax: smallint('trl_max'),
  priceMinFen: bigint('price_min_fen', { mode: 'number' }),
  priceMaxFen: bigint('price_max_fen', { mode: 'number' }),
  deadline: date('deadline'),
  details: jsonb('details').$type<Record<string, unknown>>().notNull(),
  trustCode: text('trust_code').$type<TrustCode>().notNull(),
  trustReasons: text('trust_reasons').array().$type<TrustReason[]>().notNull(),
  returnReasons: text('return_reasons').array().notNull(),
  returnNote: text('return_note'),
  confirmedAt: instant('confirmed_at'),
  publishedAt: instant('published_at'),
  closedAt: instant('closed_at'),
  version: integer('version').notNull(),
  createdBy: typeId('user')('created_by').notNull(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

/** Which end of its validity the owner was last warned of. */
export const listingExpiryWarnings = pgTable('listing_expiry_warnings', {
  listingId: uuid('listing_id').primaryKey(),
  validUntil: date('valid_until').notNull(),
})

/** When an owner was last asked whether a listing still holds, and about which confirmation. */
export const listingConfirmationRequests = pgTable('listing_confirmation_requests', {
  listingId: uuid('listing_id').primaryKey(),
  confirmedAt: instant('confirmed_at').notNull(),
  askedAt: instant('asked_at').notNull(),
})

/** What became of the deals about a listing. */
export const listingTrackRecords = pgTable('listing_track_records', {
  listingId: uuid('listing_id').primaryKey(),
  dealsSigned: integer('deals_signed').notNull(),
  droppedInARow: integer('dropped_in_a_row').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

/** Which listing took which in. */
export const listingMerges = pgTable('listing_merges', {
  mergedId: uuid('merged_id').primaryKey(),
  survivorId: uuid('survivor_id').notNull(),
  mergedBy: typeId('user')('merged_by').notNull(),
  mergedAt: instant('merged_at').notNull(),
})

/** Read by the owner's view alone, and later by parties under an NDA. */
export const listingConfidentials = pgTable('listing_confidentials', {
  listingId: uuid('listing_id').primaryKey(),
  detail: text('detail'),
  contact: jsonb('contact').$type<Contact>(),
  /** Sealed by the listing's own key; the clear columns are empty once the job has sealed them. */
  detailBox: bytes('detail_box'),
  contactBox: bytes('contact_box'),
})

/** Who besides the owner may read the confidential detail. `listing_id` is bare: its prefix depends on the kind. */
export const disclosureGrants = pgTable('disclosure_grants', {
  id: typeId('disclosureGrant')('id').primaryKey(),
  listingId: uuid('listing_id').notNull(),
  orgId: typeId('organisation')('org_id'),
  userId: typeId('user')('user_id'),
  /** Id of what the right rests on, such as an introduction. */
  ground: text('ground').notNull(),
  grantedAt: instant('granted_at').notNull(),
  endedAt: instant('ended_at'),
  /** The user who revoked it; null when it ended with its ground. */
  endedBy: typeId('user')('ended_by'),
})

/** One row a change: what happened, never the texts. */
export const listingChanges = pgTable('listing_changes', {
  listingId: uuid('listing_id').notNull(),
  version: integer('version').notNull(),
  action: text('action').notNull(),
  fromState: text('from_state').$type<ListingState>(),
  toState: text('to_state').$type<ListingState>().notNull(),
  changedFields: text('changed_fields').array().notNull(),
  reasons: text('reasons').array().notNull(),
  note: text('note'),
  /** Null when the system did it. */
  userId: typeId('user')('user_id'),
  orgId: typeId('organisation')('org_id'),
  at: instant('at').notNull(),
})
