import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, typeId } from '../../db/columns.ts'
import { channels, deliveryModes, type NotificationKind } from './domain/kinds.ts'
import { locales } from './domain/mail-layout.ts'
import type { NoticeParams } from './domain/notice.ts'

export const notifications = pgTable('notifications', {
  id: typeId('notification')('id').primaryKey(),
  userId: typeId('user')('user_id').notNull(),
  orgId: typeId('organisation')('org_id').notNull(),
  kind: text('kind').$type<NotificationKind>().notNull(),
  /** See Notice.subjectId. */
  subjectId: text('subject_id').notNull(),
  params: jsonb('params').$type<NoticeParams>().notNull(),
  /** False when the user wants the kind elsewhere or not at all; the row still makes sure that it is told once. */
  isInApp: boolean('in_app').notNull().default(true),
  readAt: instant('read_at'),
  /** Its place in the user's stream; none until the sequencer has given it one, nor outside of the inbox. */
  seq: bigint('seq', { mode: 'number' }),
  createdAt: instant('created_at').notNull(),
})

export const notificationSettings = pgTable('notification_settings', {
  userId: typeId('user')('user_id').primaryKey(),
  locale: text('locale', { enum: locales }).notNull(),
  timeZone: text('time_zone').notNull(),
  quietFrom: text('quiet_from'),
  quietTo: text('quiet_to'),
  dailyMailMax: integer('daily_mail_max').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

export const notificationPreferences = pgTable(
  'notification_preferences',
  {
    userId: typeId('user')('user_id').notNull(),
    kind: text('kind').$type<NotificationKind | '*'>().notNull(),
    channel: text('channel', { enum: channels }).notNull(),
    mode: text('mode', { enum: deliveryModes }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.kind, table.channel] })],
)

/** One mail to one user: a single notification, or a digest of those that waited. */
export const mailDeliveries = pgTable('mail_deliveries', {
  id: typeId('mailDelivery')('id').primaryKey(),
  userId: typeId('user')('user_id').notNull(),
  form: text('form', { enum: ['single', 'digest'] }).notNull(),
  state: text('state', { enum: ['pending', 'sent', 'failed', 'dropped'] }).notNull(),
  countsAgainstCap: boolean('counts_against_cap').notNull(),
  plannedFor: instant('planned_for').notNull(),
  nextTryAt: instant('next_try_at').notNull(),
  /** Until then the worker that took it may be talking to the mail server. */
  leaseUntil: instant('lease_until'),
  /** How often the mail server asked to come back later. */
  deferrals: integer('deferrals').notNull().default(0),
  /** Why it failed, was dropped or waits. */
  reason: text('reason'),
  finishedAt: instant('finished_at'),
  createdAt: instant('created_at').notNull(),
})

/** The mail that a notification goes out in; no delivery yet while it waits for the digest. */
export const notificationMails = pgTable('notification_mails', {
  notificationId: typeId('notification')('notification_id').primaryKey(),
  userId: typeId('user')('user_id').notNull(),
  deliveryId: typeId('mailDelivery')('delivery_id'),
})

/** Addresses that a mail server refused for good. */
export const bouncedAddresses = pgTable('bounced_addresses', {
  email: text('email').primaryKey(),
  reason: text('reason').notNull(),
  bouncedAt: instant('bounced_at').notNull(),
})

/** Written by adapters/mail/stored.ts. */
export const storedMails = pgTable('stored_mails', {
  id: typeId('storedMail')('id').primaryKey(),
  messageId: text('message_id').notNull(),
  from: text('from_address').notNull(),
  to: text('to_address').notNull(),
  subject: text('subject').notNull(),
  text: text('text_body').notNull(),
  html: text('html_body').notNull(),
  headers: jsonb('headers').$type<Record<string, string>>().notNull(),
  createdAt: instant('created_at').notNull(),
})
