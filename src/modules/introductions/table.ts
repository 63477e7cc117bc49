import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bytes, instant, typeId } from '../../db/columns.ts'
import { answers, enders, introductionStates, sides } from './domain/introduction.ts'

export const introductions = pgTable('introductions', {
  id: typeId('introduction')('id').primaryKey(),
  matchId: typeId('match')('match_id').notNull(),
  demandId: typeId('demand')('demand_id').notNull(),
  supplyId: typeId('supply')('supply_id').notNull(),
  demandOrgId: typeId('organisation')('demand_org_id').notNull(),
  supplyOrgId: typeId('organisation')('supply_org_id').notNull(),
  /** Home market of the demand, as of the match. */
  market: text('market').notNull(),
  /** Who approved the match. */
  brokerId: typeId('user')('broker_id').notNull(),
  brokerOrgId: typeId('organisation')('broker_org_id').notNull(),
  state: text('state', { enum: introductionStates }).notNull(),
  demandAnswer: text('demand_answer', { enum: answers }),
  demandAnsweredBy: typeId('user')('demand_answered_by'),
  demandAnsweredAt: instant('demand_answered_at'),
  supplyAnswer: text('supply_answer', { enum: answers }),
  supplyAnsweredBy: typeId('user')('supply_answered_by'),
  supplyAnsweredAt: instant('supply_answered_at'),
  /** As told to both sides when they were asked; a later change of the market's rules does not shorten it. */
  answerBy: instant('answer_by').notNull(),
  chases: integer('chases').notNull().default(0),
  chasedAt: instant('chased_at'),
  acceptedAt: instant('accepted_at'),
  endedBy: text('ended_by', { enum: enders }),
  endedAt: instant('ended_at'),
  reasonCode: text('reason_code'),
  /** Words to the broker of whoever ended it; sealed, because they may hold anything. */
  note: bytes('note'),
  version: integer('version').notNull().default(1),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

/** Who signed which words for a side; a trigger refuses UPDATE and DELETE. */
export const introductionNdas = pgTable(
  'introduction_ndas',
  {
    introductionId: typeId('introduction')('introduction_id').notNull(),
    side: text('side', { enum: sides }).notNull(),
    textVersion: text('text_version').notNull(),
    textSha256: text('text_sha256').notNull(),
    orgId: typeId('organisation')('org_id').notNull(),
    userId: typeId('user')('user_id').notNull(),
    signedAt: instant('signed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.introductionId, table.side] })],
)
