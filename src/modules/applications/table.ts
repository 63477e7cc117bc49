import { bigint, date, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, typeId } from '../../db/columns.ts'
import type { Answer } from '../../rules/index.ts'
import { movementKinds } from './domain/amounts.ts'
import { stages } from './domain/lifecycle.ts'

/** What the bank may see of the applicant's evidence, as it was when it applied. */
export type SharedFact = { field: string; label: string; value: string; isVerified: boolean; source?: string }
export type DocumentEntry = { name: string; kind: string; sha256: string; sizeBytes: number }
export type PreCheck = { answer: Answer; missing: string[]; productVersion: number }

const fen = (name: string) => bigint(name, { mode: 'number' })

export const financeApplications = pgTable('finance_applications', {
  id: typeId('financeApplication')('id').primaryKey(),
  productId: typeId('financeProduct')('product_id').notNull(),
  applicantId: typeId('organisation')('applicant_id').notNull(),
  providerId: typeId('organisation')('provider_id').notNull(),
  market: text('market').notNull(),
  matchId: typeId('match')('match_id'),
  agreementId: typeId('frameworkAgreement')('agreement_id'),
  /** The pool that bears its part of a loss. */
  riskPoolId: typeId('riskPool')('risk_pool_id'),
  stage: text('stage', { enum: stages }).notNull(),
  amountFen: fen('amount_fen').notNull(),
  termMonths: integer('term_months').notNull(),
  purpose: text('purpose').notNull(),
  lineFen: fen('line_fen'),
  drawnFen: fen('drawn_fen').notNull(),
  repaidFen: fen('repaid_fen').notNull(),
  compensatedFen: fen('compensated_fen').notNull(),
  declineReason: text('decline_reason'),
  preCheck: jsonb('pre_check').$type<PreCheck>().notNull(),
  shared: jsonb('shared').$type<SharedFact[]>().notNull(),
  documents: jsonb('documents').$type<DocumentEntry[]>().notNull(),
  /** When the provider's next step is due; null when nothing waits for it. */
  dueAt: instant('due_at'),
  approvalDays: integer('approval_days'),
  /** When the provider was reminded of the step that is due. */
  chasedAt: instant('chased_at'),
  /** Yearly, as the product said on the day of the approval. */
  rateBasisPoints: integer('rate_basis_points'),
  /** What it holds of the product's quota. */
  quotaHeldFen: fen('quota_held_fen').notNull(),
  version: integer('version').notNull(),
  createdBy: typeId('user')('created_by').notNull(),
  createdAt: instant('created_at').notNull(),
  submittedAt: instant('submitted_at'),
  decidedAt: instant('decided_at'),
  updatedAt: instant('updated_at').notNull(),
})

/** One row a step, with the money that moved in it. */
export const financeApplicationSteps = pgTable(
  'finance_application_steps',
  {
    applicationId: typeId('financeApplication')('application_id').notNull(),
    version: integer('version').notNull(),
    action: text('action').notNull(),
    fromStage: text('from_stage', { enum: stages }),
    toStage: text('to_stage', { enum: stages }).notNull(),
    movement: text('movement', { enum: movementKinds }),
    amountFen: fen('amount_fen'),
    movedOn: date('moved_on', { mode: 'string' }),
    note: text('note'),
    orgId: typeId('organisation')('org_id').notNull(),
    userId: typeId('user')('user_id').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.applicationId, table.version] })],
)
