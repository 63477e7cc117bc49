import { date, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, typeId } from '../../db/columns.ts'
import { alertModes, hitAlerts } from './domain/alert.ts'
import type { SavedQuery, WantedWords } from './domain/saved-query.ts'

export const savedSearches = pgTable('saved_searches', {
  id: typeId('savedSearch')('id').primaryKey(),
  userId: typeId('user')('user_id').notNull(),
  /** Of the user: its own listings are no news to it. */
  orgId: typeId('organisation')('org_id').notNull(),
  name: text('name').notNull(),
  query: jsonb('query').$type<SavedQuery>().notNull(),
  words: jsonb('words').$type<WantedWords>().notNull(),
  /** See domain/lookup-key.ts. */
  key: text('key').notNull(),
  alerts: text('alerts', { enum: alertModes }).notNull(),
  version: integer('version').notNull().default(1),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

/** One row a search and listing, so that a listing is told once. `listing_id` is bare: its prefix depends on the kind. */
export const savedSearchHits = pgTable(
  'saved_search_hits',
  {
    savedSearchId: typeId('savedSearch')('saved_search_id').notNull(),
    listingId: uuid('listing_id').notNull(),
    alert: text('alert', { enum: hitAlerts }).notNull(),
    /** Day in China of the daily notification that told it. */
    digestOn: date('digest_on'),
    foundAt: instant('found_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.savedSearchId, table.listingId] })],
)
