import { date, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant, typeId } from '../../db/columns.ts'
import type { Issue } from './domain/declaration.ts'
import type { LicenceFee } from './domain/fee.ts'

export const licenceStates = ['declared', 'withdrawn'] as const
export const acceptanceStates = ['noticed', 'in_force'] as const

export type EvaluationReport = { number: string; isPositive: boolean }
export type Consent = { name: string; consentedOn: string }

/** A declaration, the same for everybody. */
export const openLicences = pgTable('open_licences', {
  id: typeId('openLicence')('id').primaryKey(),
  supplyId: typeId('supply')('supply_id').notNull(),
  orgId: typeId('organisation')('org_id').notNull(),
  market: text('market').notNull(),
  title: text('title').notNull(),
  fields: text('fields').array().notNull(),
  patentNumber: text('patent_number').notNull(),
  patentType: text('patent_type').notNull(),
  fee: jsonb('fee').$type<LicenceFee>().notNull(),
  paymentTerms: text('payment_terms').notNull(),
  validFrom: date('valid_from').notNull(),
  validTo: date('valid_to').notNull(),
  evaluationReport: jsonb('evaluation_report').$type<EvaluationReport>(),
  coOwnerConsents: jsonb('co_owner_consents').$type<Consent[]>().notNull(),
  warnings: jsonb('warnings').$type<Issue[]>().notNull(),
  state: text('state', { enum: licenceStates }).notNull(),
  withdrawalReason: text('withdrawal_reason'),
  withdrawnAt: instant('withdrawn_at'),
  version: integer('version').notNull().default(1),
  createdBy: typeId('user')('created_by').notNull(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

/** A licence that somebody took, on the terms as they were. */
export const licenceAcceptances = pgTable('licence_acceptances', {
  id: typeId('licenceAcceptance')('id').primaryKey(),
  licenceId: typeId('openLicence')('licence_id').notNull(),
  orgId: typeId('organisation')('org_id').notNull(),
  userId: typeId('user')('user_id').notNull(),
  state: text('state', { enum: acceptanceStates }).notNull(),
  fee: jsonb('fee').$type<LicenceFee>().notNull(),
  paymentTerms: text('payment_terms').notNull(),
  validTo: date('valid_to').notNull(),
  noticedAt: instant('noticed_at').notNull(),
  paidAt: instant('paid_at'),
  paymentReference: text('payment_reference'),
})
