import { boolean, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, typeId } from '../../db/columns.ts'
import type { Certificate } from './domain/certificate.ts'
import { conflictReasons } from './domain/conflict.ts'

/** A broker without a row has the profile of `domain/profile.ts`: junior, open to everything. */
export const brokerProfiles = pgTable('broker_profiles', {
  userId: typeId('user')('user_id').primaryKey(),
  /** Code of qualification-types below technology_broker. */
  grade: text('grade').notNull(),
  fields: text('fields').array().notNull(),
  regions: text('regions').array().notNull(),
  languages: text('languages').array().notNull(),
  certificates: jsonb('certificates').$type<Certificate[]>().notNull(),
  capacity: integer('capacity'),
  isAvailable: boolean('is_available').notNull(),
  version: integer('version').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

export const brokerConflicts = pgTable(
  'broker_conflicts',
  {
    userId: typeId('user')('user_id').notNull(),
    organisationId: typeId('organisation')('organisation_id').notNull(),
    reason: text('reason', { enum: conflictReasons }).notNull(),
    note: text('note'),
    declaredAt: instant('declared_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.organisationId] })],
)
