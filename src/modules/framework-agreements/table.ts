import { bigint, boolean, date, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant, typeId } from '../../db/columns.ts'
import { agreementStates, type Commitment } from './domain/agreement.ts'

const fen = (name: string) => bigint(name, { mode: 'number' }).notNull()

/** 共同成长计划: a bank promises an enterprise a line that opens step by step, and applications draw on it. */
export const frameworkAgreements = pgTable('framework_agreements', {
  id: typeId('frameworkAgreement')('id').primaryKey(),
  providerId: typeId('organisation')('provider_id').notNull(),
  enterpriseId: typeId('organisation')('enterprise_id').notNull(),
  market: text('market').notNull(),
  state: text('state', { enum: agreementStates }).notNull(),
  title: text('title').notNull(),
  lineFen: fen('line_fen'),
  isRevolving: boolean('is_revolving').notNull(),
  validFrom: date('valid_from', { mode: 'string' }).notNull(),
  validTo: date('valid_to', { mode: 'string' }).notNull(),
  commitments: jsonb('commitments').$type<Commitment[]>().notNull(),
  drawnFen: fen('drawn_fen'),
  repaidFen: fen('repaid_fen'),
  endReason: text('end_reason'),
  version: integer('version').notNull(),
  createdBy: typeId('user')('created_by').notNull(),
  createdAt: instant('created_at').notNull(),
  answeredAt: instant('answered_at'),
  updatedAt: instant('updated_at').notNull(),
})
