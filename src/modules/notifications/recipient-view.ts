import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import type { Id } from '../../kernel/ids.ts'
import { users } from '../identity/table.ts'
import { type Choice, defaultMailSettings, type MailSettings } from './domain/delivery-plan.ts'
import type { Channel } from './domain/kinds.ts'
import type { Locale } from './domain/mail-layout.ts'
import { bouncedAddresses, mailDeliveries, notificationPreferences, notificationSettings } from './table.ts'

/** A user as the fan-out and the mails see it, with what it chose or the defaults. */
export type Recipient = {
  userId: Id<'user'>
  orgId: Id<'organisation'>
  email: string
  displayName: string
  isDisabled: boolean
  locale: Locale
  settings: MailSettings
  choices: Record<Channel, Choice[]>
  /** Set when a mail server refused the address for good. */
  bounce: { reason: string; at: Date } | null
}

/** By user id, ascending. */
export async function listRecipients(db: Db, userIds: readonly Id<'user'>[]): Promise<Recipient[]> {
  if (userIds.length === 0) return []
  const rows = await db
    .select({ user: users, settings: notificationSettings, bounce: bouncedAddresses })
    .from(users)
    .leftJoin(notificationSettings, eq(notificationSettings.userId, users.id))
    .leftJoin(bouncedAddresses, eq(bouncedAddresses.email, users.email))
    .where(inArray(users.id, [...userIds]))
    .orderBy(asc(users.id))
  const choices = await db
    .select()
    .from(notificationPreferences)
    .where(inArray(notificationPreferences.userId, [...userIds]))
    .orderBy(asc(notificationPreferences.kind))
  return rows.map(({ user, settings, bounce }) => {
    const own = choices.filter(({ userId }) => userId === user.id)
    return {
      userId: user.id,
      orgId: user.orgId,
      email: user.email,
      displayName: user.displayName,
      isDisabled: user.isDisabled,
      locale: settings?.locale ?? 'zh',
      settings: settings ? settingsOf(settings) : defaultMailSettings,
      choices: {
        inApp: own.filter(({ channel }) => channel === 'inApp'),
        email: own.filter(({ channel }) => channel === 'email'),
      },
      bounce: bounce && { reason: bounce.reason, at: bounce.bouncedAt },
    }
  })
}

function settingsOf(row: typeof notificationSettings.$inferSelect): MailSettings {
  const { timeZone, quietFrom: from, quietTo: to, dailyMailMax } = row
  return { timeZone, dailyMailMax, quietHours: from === null || to === null ? null : { from, to } }
}

/**
 * Lets one plan at a time be made for each of the users, so that two cannot both take the last place under the cap. Always in
 * the order of the ids; rows that refer to the users can be written meanwhile.
 */
export async function lockRecipients(tx: Tx, userIds: readonly Id<'user'>[]): Promise<void> {
  await tx
    .select({ id: users.id })
    .from(users)
    .where(inArray(users.id, [...userIds]))
    .orderBy(asc(users.id))
    .for('no key update')
}

/** When mails that count against the cap go or went out, by user. */
export async function listCappedMails(
  db: Db,
  userIds: readonly Id<'user'>[],
  since: Date,
): Promise<{ userId: Id<'user'>; plannedFor: Date }[]> {
  return db
    .select({ userId: mailDeliveries.userId, plannedFor: mailDeliveries.plannedFor })
    .from(mailDeliveries)
    .where(
      and(
        inArray(mailDeliveries.userId, [...userIds]),
        eq(mailDeliveries.countsAgainstCap, true),
        gt(mailDeliveries.plannedFor, since),
      ),
    )
}
