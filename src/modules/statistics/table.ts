import { bigint, date, pgTable, text, uuid } from 'drizzle-orm/pg-core'

const whole = (name: string) => bigint(name, { mode: 'number' }).notNull()

/** What was counted: one row for a measure of a subject, so that no event counts twice. */
export const statisticFacts = pgTable('statistic_facts', {
  measure: text('measure').notNull(),
  subject: uuid('subject').notNull(),
  market: text('market').notNull(),
  fields: text('fields').array().notNull(),
  /** In China. */
  day: date('day').notNull(),
  /** Fen or seconds, as the measure says; 0 where it only counts. */
  amount: whole('amount'),
})

/** Sums of the facts; `*` stands for all fields together. */
export const statisticCounters = pgTable('statistic_counters', {
  market: text('market').notNull(),
  measure: text('measure').notNull(),
  field: text('field').notNull(),
  /** `infinity` holds the total of all days. */
  day: date('day').notNull(),
  count: whole('count'),
  amount: whole('amount'),
})
