import { and, desc, eq, gt, isNotNull, isNull, lt, ne, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import { organisations, refreshTokens, sessions, users } from './table.ts'
import type { Account } from './user-repo.ts'

export type Session = typeof sessions.$inferSelect

export async function insertSession(db: Db, session: Session, refreshHash: Buffer): Promise<void> {
  await db.insert(sessions).values(session)
  await insertRefreshToken(db, session.id, refreshHash, session.createdAt)
}

export async function insertRefreshToken(db: Db, sessionId: Id<'session'>, hash: Buffer, now: Date): Promise<void> {
  await db.insert(refreshTokens).values({ hash, sessionId, issuedAt: now })
}

/** The session of a live access token with its account; whether the account may act is for the caller to judge. */
export async function findLiveSession(
  db: Db,
  accessHash: Buffer,
  now: Date,
): Promise<(Account & { session: Session }) | undefined> {
  const [row] = await db
    .select({ session: sessions, user: users, organisation: organisations })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(organisations, eq(organisations.id, users.orgId))
    .where(and(eq(sessions.accessHash, accessHash), isNull(sessions.revokedAt), gt(sessions.accessExpiresAt, now)))
  return row
}

/** The session, while it can be used or refreshed, with its account. */
export async function findOpenSession(db: Db, id: Id<'session'>, now: Date): Promise<Account | undefined> {
  const [row] = await db
    .select({ user: users, organisation: organisations })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(organisations, eq(organisations.id, users.orgId))
    .where(and(eq(sessions.id, id), isNull(sessions.revokedAt), gt(sessions.expiresAt, now)))
  return row
}

/** Marks the refresh token as used. One caller of many gets its session: the row lock decides. */
export async function useRefreshToken(db: Db, hash: Buffer, now: Date): Promise<Id<'session'> | undefined> {
  const [row] = await db
    .update(refreshTokens)
    .set({ usedAt: now })
    .where(and(eq(refreshTokens.hash, hash), isNull(refreshTokens.usedAt)))
    .returning({ sessionId: refreshTokens.sessionId })
  return row?.sessionId
}

export async function findSessionOfRefreshToken(db: Db, hash: Buffer): Promise<Id<'session'> | undefined> {
  const [row] = await db
    .select({ sessionId: refreshTokens.sessionId })
    .from(refreshTokens)
    .where(eq(refreshTokens.hash, hash))
  return row?.sessionId
}

export async function lockSession(db: Db, id: Id<'session'>): Promise<Session | undefined> {
  const [row] = await db.select().from(sessions).where(eq(sessions.id, id)).for('update')
  return row
}

type Usage = Partial<Pick<Session, 'accessHash' | 'accessExpiresAt' | 'lastUsedAt'>>

export async function updateSession(db: Db, id: Id<'session'>, usage: Usage): Promise<void> {
  await db.update(sessions).set(usage).where(eq(sessions.id, id))
}

/** Ends the session. @returns it, or undefined when it does not exist, belongs to another user or ended before. */
export async function revokeSessionRow(
  db: Db,
  { id, userId }: { id: Id<'session'>; userId?: Id<'user'> },
  now: Date,
): Promise<Session | undefined> {
  const [row] = await db
    .update(sessions)
    .set({ revokedAt: now })
    .where(
      and(
        eq(sessions.id, id),
        userId === undefined ? undefined : eq(sessions.userId, userId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, now),
      ),
    )
    .returning()
  return row
}

/** Ends all sessions of the user but one. @returns how many. */
export async function revokeOtherSessions(
  db: Db,
  { userId, keep }: { userId: Id<'user'>; keep: Id<'session'> },
  now: Date,
): Promise<number> {
  const rows = await db
    .update(sessions)
    .set({ revokedAt: now })
    .where(and(eq(sessions.userId, userId), ne(sessions.id, keep), isNull(sessions.revokedAt)))
    .returning({ id: sessions.id })
  return rows.length
}

/**
 * Whether the user has signed in on other devices before, and never on this one. As far back as sessions are kept, 30 days after
 * their end; the very first device is not new to anybody.
 */
export async function isNewDevice(
  db: Db,
  { userId, deviceHash }: { userId: Id<'user'>; deviceHash: Buffer },
): Promise<boolean> {
  const [row] = await db
    .select({ isNew: sql<boolean | null>`not bool_or(${eq(sessions.deviceHash, deviceHash)})` })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNotNull(sessions.deviceHash)))
  return row?.isNew ?? false
}

/** The user's sessions that can still be used or refreshed, newest first. */
export async function listOpenSessions(
  db: Db,
  { userId, now }: { userId: Id<'user'>; now: Date },
  { limit, after }: PageRequest,
): Promise<PageOf<Session>> {
  const rows = await db
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, now),
        after?.[0] === undefined ? undefined : lt(sessions.id, after[0] as unknown as Id<'session'>),
      ),
    )
    .orderBy(desc(sessions.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ id }) => [id])
}

/** Removes sessions, and with them their refresh tokens, that ended before the instant. */
export async function deleteSessionsEndedBefore(db: Db, instant: Date): Promise<void> {
  await db.delete(sessions).where(lt(sessions.expiresAt, instant))
}
