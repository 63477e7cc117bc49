import { boolean, integer, pgTable, real, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, instant, typeId } from '../../db/columns.ts'
import type { ListingKind } from '../listings/index.ts'
import { candidateStates, type DuplicateReason } from './domain/candidate.ts'

export const listingSignatures = pgTable('listing_signatures', {
  listingId: uuid('listing_id').primaryKey(),
  kind: text('kind').$type<ListingKind>().notNull(),
  version: integer('version').notNull(),
  contentHash: bytes('content_hash').notNull(),
  minHashes: bytes('min_hashes').notNull(),
  patents: text('patents').array().notNull(),
  sourceKey: text('source_key'),
  isCompared: boolean('is_compared').notNull(),
})

export const duplicateCandidates = pgTable('duplicate_candidates', {
  id: typeId('duplicateCandidate')('id').primaryKey(),
  kind: text('kind').$type<ListingKind>().notNull(),
  /** Bare: their prefix depends on the kind. */
  firstId: uuid('first_id').notNull(),
  secondId: uuid('second_id').notNull(),
  reasons: text('reasons').array().$type<DuplicateReason[]>().notNull(),
  similarity: real('similarity'),
  state: text('state', { enum: candidateStates }).notNull(),
  decidedBy: typeId('user')('decided_by'),
  decidedAt: instant('decided_at'),
  survivorId: uuid('survivor_id'),
  createdAt: instant('created_at').notNull(),
})
