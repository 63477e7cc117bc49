import { eq, lt, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { loginAttempts } from './table.ts'

export type LoginAttempts = typeof loginAttempts.$inferSelect

export async function findLoginAttempts(db: Db, accountHash: Buffer): Promise<LoginAttempts | undefined> {
  const [row] = await db.select().from(loginAttempts).where(eq(loginAttempts.accountHash, accountHash))
  return row
}

/** Counts one failure more; failures whose last is older than `forgetBefore` count no longer. */
export async function upsertLoginFailure(
  db: Db,
  accountHash: Buffer,
  { now, forgetBefore }: { now: Date; forgetBefore: Date },
): Promise<void> {
  const { failures, lastFailedAt } = loginAttempts
  await db
    .insert(loginAttempts)
    .values({ accountHash, failures: 1, lastFailedAt: now })
    .onConflictDoUpdate({
      target: loginAttempts.accountHash,
      set: {
        failures: sql`case when ${lt(lastFailedAt, forgetBefore)} then 1 else ${failures} + 1 end`,
        lastFailedAt: now,
      },
    })
}

export async function deleteLoginAttempts(db: Db, accountHash: Buffer): Promise<void> {
  await db.delete(loginAttempts).where(eq(loginAttempts.accountHash, accountHash))
}

export async function deleteLoginAttemptsBefore(db: Db, instant: Date): Promise<void> {
  await db.delete(loginAttempts).where(lt(loginAttempts.lastFailedAt, instant))
}
