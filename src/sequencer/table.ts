import { bigint, pgTable, text } from 'drizzle-orm/pg-core'

/** The last number of each sequence, and up to which its rows may have been deleted. */
export const streamCounters = pgTable('stream_counters', {
  name: text('name').primaryKey(),
  last: bigint('last', { mode: 'number' }).notNull().default(0),
  floor: bigint('floor', { mode: 'number' }).notNull().default(0),
})
