import { bigint, date, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, typeId } from '../../db/columns.ts'
import { type Answer, answers, type RuleSet } from '../../rules/index.ts'
import type { PolicyBenefit } from './domain/benefit.ts'
import { type PolicyBasis, policyCategories, policyStates } from './domain/policy.ts'
import { redemptionStates } from './domain/redemption.ts'

const fen = (name: string) => bigint(name, { mode: 'number' })
export type DocumentEntry = { name: string; kind: string; sha256: string; sizeBytes: number }

/** What stays the same through all versions; `version` counts changes of any kind. */
export const policies = pgTable('policies', {
  id: typeId('policy')('id').primaryKey(),
  market: text('market').notNull(),
  orgId: typeId('organisation')('org_id').notNull(),
  externalId: text('external_id'),
  state: text('state', { enum: policyStates }).notNull(),
  version: integer('version').notNull(),
  createdBy: typeId('user')('created_by').notNull(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

/** Rules and benefit from a day on; once published, never changed. */
export const policyVersions = pgTable(
  'policy_versions',
  {
    policyId: typeId('policy')('policy_id').notNull(),
    number: integer('number').notNull(),
    title: text('title').notNull(),
    issuer: text('issuer').notNull(),
    documentNo: text('document_no'),
    category: text('category', { enum: policyCategories }).notNull(),
    summary: text('summary').notNull(),
    rules: jsonb('rules').$type<RuleSet>().notNull(),
    benefit: jsonb('benefit').$type<PolicyBenefit>(),
    basis: jsonb('basis').$type<PolicyBasis>().notNull(),
    effectiveFrom: date('effective_from', { mode: 'string' }).notNull(),
    effectiveTo: date('effective_to', { mode: 'string' }),
    createdBy: typeId('user')('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    publishedAt: instant('published_at'),
  },
  (table) => [primaryKey({ columns: [table.policyId, table.number] })],
)

/** What an enterprise claims under a version, and what became of it. */
export const policyRedemptions = pgTable('policy_redemptions', {
  id: typeId('policyRedemption')('id').primaryKey(),
  policyId: typeId('policy')('policy_id').notNull(),
  policyVersion: integer('policy_version').notNull(),
  orgId: typeId('organisation')('org_id').notNull(),
  market: text('market').notNull(),
  state: text('state', { enum: redemptionStates }).notNull(),
  period: text('period').notNull(),
  applicationId: typeId('financeApplication')('application_id'),
  loanYear: integer('loan_year'),
  /** What the rules said when it was claimed. */
  answer: text('answer', { enum: answers }).$type<Answer>().notNull(),
  missing: jsonb('missing').$type<string[]>().notNull(),
  claimedFen: fen('claimed_fen'),
  amountFen: fen('amount_fen'),
  documents: jsonb('documents').$type<DocumentEntry[]>().notNull(),
  note: text('note'),
  refusalReason: text('refusal_reason'),
  paymentReference: text('payment_reference'),
  version: integer('version').notNull(),
  claimedBy: typeId('user')('claimed_by').notNull(),
  claimedOn: date('claimed_on', { mode: 'string' }).notNull(),
  claimedAt: instant('claimed_at').notNull(),
  confirmedAt: instant('confirmed_at'),
  endedAt: instant('ended_at'),
  updatedAt: instant('updated_at').notNull(),
})

/** What is taken of a yearly cap; the constraint of the table is the cap. */
export const policyAllowances = pgTable(
  'policy_allowances',
  {
    policyId: typeId('policy')('policy_id').notNull(),
    /** The UUID of the organisation, or of the policy for its budget. */
    scope: uuid('scope').notNull(),
    year: integer('year').notNull(),
    takenFen: fen('taken_fen').notNull(),
    capFen: fen('cap_fen').notNull(),
  },
  (table) => [primaryKey({ columns: [table.policyId, table.scope, table.year] })],
)
