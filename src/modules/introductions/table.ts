import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bytes, instant, typeId } from '../../db/columns.ts'
import { answers, enders, introductionStates, parties, sides } from './domain/introduction.ts'
import { meetingModes, meetingStates } from './domain/meeting.ts'

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

export const introductionMessages = pgTable('introduction_messages', {
  id: typeId('introductionMessage')('id').primaryKey(),
  introductionId: typeId('introduction')('introduction_id').notNull(),
  author: text('author', { enum: parties }).notNull(),
  userId: typeId('user')('user_id').notNull(),
  /** Text and what is said of attachments, sealed as one: names of files tell as much as texts. */
  box: bytes('box').notNull(),
  createdAt: instant('created_at').notNull(),
})

/** Up to which message a user has read. */
export const introductionReads = pgTable(
  'introduction_reads',
  {
    introductionId: typeId('introduction')('introduction_id').notNull(),
    userId: typeId('user')('user_id').notNull(),
    messageId: typeId('introductionMessage')('message_id').notNull(),
    readAt: instant('read_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.introductionId, table.userId] })],
)

export const introductionMeetings = pgTable('introduction_meetings', {
  id: typeId('introductionMeeting')('id').primaryKey(),
  introductionId: typeId('introduction')('introduction_id').notNull(),
  proposer: text('proposer', { enum: parties }).notNull(),
  userId: typeId('user')('user_id').notNull(),
  state: text('state', { enum: meetingStates }).notNull(),
  mode: text('mode', { enum: meetingModes }).notNull(),
  minutes: integer('minutes').notNull(),
  /** Beginnings to choose from. */
  starts: instant('starts').array().notNull(),
  /** Place and words, sealed. */
  box: bytes('box').notNull(),
  agreedStart: instant('agreed_start'),
  settledBy: typeId('user')('settled_by'),
  settledAt: instant('settled_at'),
  createdAt: instant('created_at').notNull(),
})
