import { and, eq, inArray } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import type { Id } from '../../kernel/ids.ts'
import { type BrokerProfile, blankProfile } from './domain/profile.ts'
import { brokerProfiles } from './table.ts'

/** The profile, blank where there is none. */
export async function getProfile(db: Db, userId: Id<'user'>): Promise<BrokerProfile> {
  const [row] = await db.select().from(brokerProfiles).where(eq(brokerProfiles.userId, userId))
  return row ?? blankProfile(userId)
}

/** By user id; blank where there is none. */
export async function findProfiles(db: Db, userIds: readonly Id<'user'>[]): Promise<Map<Id<'user'>, BrokerProfile>> {
  const profiles = new Map(userIds.map((userId) => [userId, blankProfile(userId)]))
  if (userIds.length === 0) return profiles
  const rows = await db
    .select()
    .from(brokerProfiles)
    .where(inArray(brokerProfiles.userId, [...userIds]))
  for (const row of rows) profiles.set(row.userId, row)
  return profiles
}

/** Writes the profile if it still has the version; one that never was written counts as version 1. */
export async function putProfile(
  tx: Tx,
  profile: BrokerProfile,
  { version, now }: { version: number; now: Date },
): Promise<BrokerProfile | undefined> {
  const { userId, version: _version, ...values } = profile
  const change = { ...values, version: version + 1, updatedAt: now }
  const [changed] = await tx
    .update(brokerProfiles)
    .set(change)
    .where(and(eq(brokerProfiles.userId, userId), eq(brokerProfiles.version, version)))
    .returning()
  if (changed || version !== 1) return changed
  const [added] = await tx
    .insert(brokerProfiles)
    .values({ userId, ...change })
    .onConflictDoNothing()
    .returning()
  return added
}
