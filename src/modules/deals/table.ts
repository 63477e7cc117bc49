import { bigint, date, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant, typeId } from '../../db/columns.ts'
import type { BrokerShare } from './domain/broker-shares.ts'
import type { Commission } from './domain/commission.ts'
import type { Milestone, Payment } from './domain/payment.ts'
import { type Publicity, pricingModes } from './domain/publicity.ts'
import { type DealSource, sourceKinds } from './domain/source.ts'
import { type DealStage, dealStages } from './domain/stage.ts'
import type { Dropped, Refusal, Registration, Signing } from './domain/steps.ts'
import type { Confirmation, DealRight } from './domain/terms.ts'

const fen = (name: string) => bigint(name, { mode: 'number' })

export const deals = pgTable('deals', {
  id: typeId('deal')('id').primaryKey(),
  /** Home market of the demand, or of what the deal came from. */
  market: text('market').notNull(),
  /** Of the listings behind it, for statistics. */
  fields: text('fields').array().notNull(),
  source: jsonb('source').$type<DealSource>().notNull(),
  sourceKind: text('source_kind', { enum: sourceKinds }).notNull(),
  sourceKey: text('source_key'),
  demandId: typeId('demand')('demand_id'),
  supplyId: typeId('supply')('supply_id'),
  /** Who gives the technology, and who takes and pays it. */
  providerOrgId: typeId('organisation')('provider_org_id').notNull(),
  acquirerOrgId: typeId('organisation')('acquirer_org_id').notNull(),
  stage: text('stage', { enum: dealStages }).notNull(),
  title: text('title').notNull(),
  subject: text('subject'),
  traits: text('traits').array().notNull(),
  contractType: text('contract_type'),
  pricing: text('pricing', { enum: pricingModes }),
  publicity: jsonb('publicity').$type<Publicity>(),
  ip: jsonb('ip').$type<DealRight[]>().notNull(),
  milestones: jsonb('milestones').$type<Milestone[]>().notNull(),
  payments: jsonb('payments').$type<Payment[]>().notNull(),
  brokers: jsonb('brokers').$type<BrokerShare[]>().notNull(),
  /** What the parties wish for; never added to the three below. */
  intentAmountFen: fen('intent_amount_fen'),
  contractAmountFen: fen('contract_amount_fen'),
  technologyAmountFen: fen('technology_amount_fen'),
  technologyIncomeFen: fen('technology_income_fen'),
  commission: jsonb('commission').$type<Commission>(),
  termsVersion: integer('terms_version').notNull(),
  providerConfirmation: jsonb('provider_confirmation').$type<Confirmation>(),
  acquirerConfirmation: jsonb('acquirer_confirmation').$type<Confirmation>(),
  signing: jsonb('signing').$type<Signing>(),
  registration: jsonb('registration').$type<Registration>(),
  refusals: jsonb('refusals').$type<Refusal[]>().notNull(),
  performedOn: date('performed_on'),
  dropped: jsonb('dropped').$type<Dropped>(),
  version: integer('version').notNull(),
  /** Null when another module's event opened it. */
  createdBy: typeId('user')('created_by'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

/** One row a change, with the values before and after of what changed. */
export const dealChanges = pgTable('deal_changes', {
  dealId: typeId('deal')('deal_id').notNull(),
  version: integer('version').notNull(),
  action: text('action').notNull(),
  fromStage: text('from_stage').$type<DealStage>(),
  toStage: text('to_stage').$type<DealStage>().notNull(),
  changes: jsonb('changes').$type<Record<string, { before: unknown; after: unknown }>>().notNull(),
  userId: typeId('user')('user_id'),
  orgId: typeId('organisation')('org_id'),
  at: instant('at').notNull(),
})
