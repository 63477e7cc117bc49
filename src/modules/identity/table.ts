import { boolean, date, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { bytes, instant, typeId } from '../../db/columns.ts'
import { type Permission, roles } from '../../kernel/permissions.ts'
import { organisationKinds } from '../../kernel/principal.ts'
import { qualificationStates } from './domain/qualification.ts'
import { verifications } from './domain/verification.ts'

export const organisations = pgTable('organisations', {
  id: typeId('organisation')('id').primaryKey(),
  kind: text('kind', { enum: organisationKinds }).notNull(),
  name: text('name').notNull(),
  shortName: text('short_name'),
  uscc: text('uscc').notNull(),
  /** Code of the home market. */
  market: text('market').notNull(),
  region: text('region'),
  introduction: text('introduction'),
  verification: text('verification', { enum: verifications }).notNull(),
  /** What the operator wrote with the last decision; for the organisation itself. */
  verificationNote: text('verification_note'),
  verifiedAt: instant('verified_at'),
  version: integer('version').notNull().default(1),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

export const users = pgTable('users', {
  id: typeId('user')('id').primaryKey(),
  orgId: typeId('organisation')('org_id').notNull(),
  /** Lower case, NFKC. */
  email: text('email').notNull(),
  displayName: text('display_name').notNull(),
  passwordHash: text('password_hash').notNull(),
  role: text('role', { enum: roles }).notNull(),
  isDisabled: boolean('is_disabled').notNull().default(false),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

/** A sign-in and all that follows from it: one access token at a time and a family of refresh tokens. */
export const sessions = pgTable('sessions', {
  id: typeId('session')('id').primaryKey(),
  userId: typeId('user')('user_id').notNull(),
  accessHash: bytes('access_hash').notNull(),
  accessExpiresAt: instant('access_expires_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  lastUsedAt: instant('last_used_at').notNull(),
  createdAt: instant('created_at').notNull(),
  revokedAt: instant('revoked_at'),
  /** See device-hash.ts; null for sessions that are older than it. */
  deviceHash: bytes('device_hash'),
})

export const refreshTokens = pgTable('refresh_tokens', {
  hash: bytes('hash').primaryKey(),
  sessionId: typeId('session')('session_id').notNull(),
  issuedAt: instant('issued_at').notNull(),
  usedAt: instant('used_at'),
})

/** Opens one stream once. */
export const streamTickets = pgTable('stream_tickets', {
  hash: bytes('hash').primaryKey(),
  sessionId: typeId('session')('session_id').notNull(),
  path: text('path').notNull(),
  expiresAt: instant('expires_at').notNull(),
})

export const apiKeys = pgTable('api_keys', {
  id: typeId('apiKey')('id').primaryKey(),
  orgId: typeId('organisation')('org_id').notNull(),
  /** Its creator, on whose behalf it acts. */
  userId: typeId('user')('user_id').notNull(),
  name: text('name').notNull(),
  secretHash: bytes('secret_hash').notNull(),
  scopes: text('scopes').array().$type<Permission[]>().notNull(),
  expiresAt: instant('expires_at'),
  lastUsedAt: instant('last_used_at'),
  createdAt: instant('created_at').notNull(),
  revokedAt: instant('revoked_at'),
})

export const organisationQualifications = pgTable('organisation_qualifications', {
  id: typeId('qualification')('id').primaryKey(),
  orgId: typeId('organisation')('org_id').notNull(),
  type: text('type').notNull(),
  level: text('level'),
  issuer: text('issuer').notNull(),
  region: text('region'),
  certificateNo: text('certificate_no').notNull(),
  validFrom: date('valid_from', { mode: 'string' }).notNull(),
  validTo: date('valid_to', { mode: 'string' }),
  state: text('state', { enum: qualificationStates }).notNull(),
  createdAt: instant('created_at').notNull(),
})

export const loginAttempts = pgTable('login_attempts', {
  accountHash: bytes('account_hash').primaryKey(),
  failures: integer('failures').notNull(),
  lastFailedAt: instant('last_failed_at').notNull(),
})
