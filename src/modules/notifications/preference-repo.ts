import { and, eq, ne } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import type { Id } from '../../kernel/ids.ts'
import { notificationPreferences, notificationSettings } from './table.ts'

export type NotificationSettings = typeof notificationSettings.$inferSelect
export type NotificationPreference = typeof notificationPreferences.$inferSelect

export async function upsertSettings(db: Db, settings: NotificationSettings): Promise<void> {
  const { userId: _userId, ...rest } = settings
  await db
    .insert(notificationSettings)
    .values(settings)
    .onConflictDoUpdate({ target: notificationSettings.userId, set: rest })
}

/** The given choices and no others. */
export async function updateAllPreferences(
  tx: Tx,
  userId: Id<'user'>,
  preferences: readonly NotificationPreference[],
): Promise<void> {
  await tx.delete(notificationPreferences).where(eq(notificationPreferences.userId, userId))
  if (preferences.length > 0) await tx.insert(notificationPreferences).values([...preferences])
}

export async function upsertPreference(db: Db, preference: NotificationPreference): Promise<void> {
  const { userId, kind, channel } = notificationPreferences
  await db
    .insert(notificationPreferences)
    .values(preference)
    .onConflictDoUpdate({ target: [userId, kind, channel], set: { mode: preference.mode } })
}

/** Forgets which kinds were chosen for the digest. */
export async function deleteDigestChoices(db: Db, userId: Id<'user'>): Promise<void> {
  await db
    .delete(notificationPreferences)
    .where(
      and(
        eq(notificationPreferences.userId, userId),
        eq(notificationPreferences.mode, 'digest'),
        ne(notificationPreferences.kind, '*'),
      ),
    )
}
