import { bigint, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, typeId } from '../../db/columns.ts'
import { jointStates, memberAnswers } from './domain/joint-demand.ts'

export const jointDemands = pgTable('joint_demands', {
  id: typeId('jointDemand')('id').primaryKey(),
  market: text('market').notNull(),
  title: text('title').notNull(),
  state: text('state', { enum: jointStates }).notNull(),
  demandId: typeId('demand')('demand_id'),
  decidedBy: typeId('user')('decided_by'),
  decidedAt: instant('decided_at'),
  answerBy: instant('answer_by'),
  endedAt: instant('ended_at'),
  createdAt: instant('created_at').notNull(),
})

export const jointDemandMembers = pgTable(
  'joint_demand_members',
  {
    jointId: typeId('jointDemand')('joint_id').notNull(),
    demandId: typeId('demand')('demand_id').notNull(),
    orgId: typeId('organisation')('org_id').notNull(),
    budgetFen: bigint('budget_fen', { mode: 'number' }),
    shareBp: integer('share_bp').notNull(),
    answer: text('answer', { enum: memberAnswers }),
    answeredBy: typeId('user')('answered_by'),
    answeredAt: instant('answered_at'),
  },
  (table) => [primaryKey({ columns: [table.jointId, table.demandId] })],
)
