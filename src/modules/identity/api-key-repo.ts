import { and, desc, eq, isNull, lt } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import { apiKeys, organisations, users } from './table.ts'
import type { Account } from './user-repo.ts'

export type ApiKey = typeof apiKeys.$inferSelect

export async function insertApiKey(db: Db, key: ApiKey): Promise<void> {
  await db.insert(apiKeys).values(key)
}

/** The key with the account on whose behalf it acts, unless it was revoked. */
export async function findApiKey(db: Db, id: Id<'apiKey'>): Promise<(Account & { key: ApiKey }) | undefined> {
  const [row] = await db
    .select({ key: apiKeys, user: users, organisation: organisations })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .innerJoin(organisations, eq(organisations.id, users.orgId))
    .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
  return row
}

/** The organisation's keys that were not revoked, newest first. */
export async function listApiKeysOf(
  db: Db,
  orgId: Id<'organisation'>,
  { limit, after }: PageRequest,
): Promise<PageOf<ApiKey>> {
  const rows = await db
    .select()
    .from(apiKeys)
    .where(
      and(
        eq(apiKeys.orgId, orgId),
        isNull(apiKeys.revokedAt),
        after?.[0] === undefined ? undefined : lt(apiKeys.id, after[0] as unknown as Id<'apiKey'>),
      ),
    )
    .orderBy(desc(apiKeys.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ id }) => [id])
}

/** @returns on whose behalf the key acted, or undefined when the organisation has no such key. */
export async function revokeApiKeyRow(
  db: Db,
  { id, orgId }: Pick<ApiKey, 'id' | 'orgId'>,
  now: Date,
): Promise<Id<'user'> | undefined> {
  const [row] = await db
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(eq(apiKeys.id, id), eq(apiKeys.orgId, orgId), isNull(apiKeys.revokedAt)))
    .returning({ userId: apiKeys.userId })
  return row?.userId
}

export async function updateApiKeyUse(db: Db, id: Id<'apiKey'>, now: Date): Promise<void> {
  await db.update(apiKeys).set({ lastUsedAt: now }).where(eq(apiKeys.id, id))
}
