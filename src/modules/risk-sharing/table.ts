import { bigint, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, typeId } from '../../db/columns.ts'
import { riskParties } from '../financing/index.ts'
import { accounts, journalKinds, sides } from './domain/ledger.ts'
import { poolKinds, poolStates } from './domain/pool.ts'
import type { Share } from './domain/split.ts'

const fen = (name: string) => bigint(name, { mode: 'number' })
export type Party = (typeof riskParties)[number]

export const riskPools = pgTable('risk_pools', {
  id: typeId('riskPool')('id').primaryKey(),
  market: text('market').notNull(),
  orgId: typeId('organisation')('org_id').notNull(),
  externalId: text('external_id'),
  kind: text('kind', { enum: poolKinds }).notNull(),
  name: text('name').notNull(),
  shares: jsonb('shares').$type<Share<Party>[]>().notNull(),
  /** The most that may be guaranteed at one time. */
  capacityFen: fen('capacity_fen').notNull(),
  singleCapFen: fen('single_cap_fen'),
  capBasisPoints: integer('cap_basis_points').notNull(),
  state: text('state', { enum: poolStates }).notNull(),
  guaranteedFen: fen('guaranteed_fen').notNull(),
  outstandingFen: fen('outstanding_fen').notNull(),
  cashFen: fen('cash_fen').notNull(),
  compensatedFen: fen('compensated_fen').notNull(),
  recoveredFen: fen('recovered_fen').notNull(),
  version: integer('version').notNull(),
  createdBy: typeId('user')('created_by').notNull(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

/** Banks and enterprises of the enrolment list; who left stays on it. */
export const riskPoolMembers = pgTable(
  'risk_pool_members',
  {
    poolId: typeId('riskPool')('pool_id').notNull(),
    orgId: typeId('organisation')('org_id').notNull(),
    enrolledBy: typeId('user')('enrolled_by').notNull(),
    enrolledAt: instant('enrolled_at').notNull(),
    leftAt: instant('left_at'),
  },
  (table) => [primaryKey({ columns: [table.poolId, table.orgId] })],
)

/** What a pool stands for: the line of one application. */
export const riskPoolGuarantees = pgTable('risk_pool_guarantees', {
  applicationId: typeId('financeApplication')('application_id').primaryKey(),
  poolId: typeId('riskPool')('pool_id').notNull(),
  batchId: typeId('guaranteeBatch')('batch_id'),
  guaranteedFen: fen('guaranteed_fen').notNull(),
  compensatedFen: fen('compensated_fen').notNull(),
  recoveredFen: fen('recovered_fen').notNull(),
  guaranteedAt: instant('guaranteed_at').notNull(),
  releasedAt: instant('released_at'),
})

export const riskPoolJournals = pgTable('risk_pool_journals', {
  id: typeId('poolJournal')('id').primaryKey(),
  poolId: typeId('riskPool')('pool_id').notNull(),
  kind: text('kind', { enum: journalKinds }).notNull(),
  applicationId: typeId('financeApplication')('application_id'),
  reference: text('reference'),
  orgId: typeId('organisation')('org_id').notNull(),
  userId: typeId('user')('user_id').notNull(),
  at: instant('at').notNull(),
})

/** Lines of journals: debits and credits of each are equal, which the database checks. */
export const riskPoolEntries = pgTable(
  'risk_pool_entries',
  {
    journalId: typeId('poolJournal')('journal_id').notNull(),
    number: integer('number').notNull(),
    poolId: typeId('riskPool')('pool_id').notNull(),
    account: text('account', { enum: accounts }).notNull(),
    party: text('party', { enum: riskParties }),
    side: text('side', { enum: sides }).notNull(),
    amountFen: fen('amount_fen').notNull(),
  },
  (table) => [primaryKey({ columns: [table.journalId, table.number] })],
)
