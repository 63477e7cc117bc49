import { and, asc, eq, gt, inArray, ne } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import { type Role, roles } from '../../kernel/permissions.ts'
import type { Organisation } from './organisation-repo.ts'
import { organisations, users } from './table.ts'

export type User = typeof users.$inferSelect
/** A user with its organisation: what a sign-in needs. */
export type Account = { user: User; organisation: Organisation }

export async function insertUser(db: Db, user: User): Promise<void> {
  await db.insert(users).values(user)
}

/** @param email in its stored spelling. */
export async function findAccountByEmail(db: Db, email: string): Promise<Account | undefined> {
  const [row] = await db
    .select({ user: users, organisation: organisations })
    .from(users)
    .innerJoin(organisations, eq(organisations.id, users.orgId))
    .where(eq(users.email, email))
  return row
}

export async function getAccount(db: Db, userId: Id<'user'>): Promise<Account> {
  const [row] = await db
    .select({ user: users, organisation: organisations })
    .from(users)
    .innerJoin(organisations, eq(organisations.id, users.orgId))
    .where(eq(users.id, userId))
  if (row) return row
  throw notFound('user')
}

export async function listUsersOf(
  db: Db,
  orgId: Id<'organisation'>,
  { limit, after }: PageRequest,
): Promise<PageOf<User>> {
  const rows = await db
    .select()
    .from(users)
    .where(
      and(
        eq(users.orgId, orgId),
        after?.[0] === undefined ? undefined : gt(users.id, after[0] as unknown as Id<'user'>),
      ),
    )
    .orderBy(asc(users.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ id }) => [id])
}

/** Everybody in the organisation who can still sign in, or those of them with one of these roles. */
export async function listUserIdsOfOrganisation(
  db: Db,
  orgId: Id<'organisation'>,
  among: readonly Role[] = roles,
): Promise<Id<'user'>[]> {
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.orgId, orgId), eq(users.isDisabled, false), inArray(users.role, [...among])))
    .orderBy(asc(users.id))
  return rows.map(({ id }) => id)
}

export type Broker = { userId: Id<'user'>; orgId: Id<'organisation'>; market: string; displayName: string }

/** Brokers whose organisation is at home in one of the markets and who can still sign in. */
export function listBrokersOfMarkets(db: Db, codes: readonly string[]): Promise<Broker[]> {
  return listStaffOfMarkets(db, 'broker', codes)
}

/** Operators, likewise. */
export function listOperatorsOfMarkets(db: Db, codes: readonly string[]): Promise<Broker[]> {
  return listStaffOfMarkets(db, 'operator', codes)
}

async function listStaffOfMarkets(db: Db, role: 'broker' | 'operator', codes: readonly string[]): Promise<Broker[]> {
  if (codes.length === 0) return []
  return db
    .select({
      userId: users.id,
      orgId: users.orgId,
      market: organisations.market,
      displayName: users.displayName,
    })
    .from(users)
    .innerJoin(organisations, eq(organisations.id, users.orgId))
    .where(
      and(
        eq(users.role, role),
        eq(users.isDisabled, false),
        inArray(organisations.market, [...codes]),
        ne(organisations.verification, 'suspended'),
      ),
    )
    .orderBy(asc(users.id))
}

export async function updatePasswordHash(db: Db, userId: Id<'user'>, passwordHash: string, now: Date): Promise<void> {
  await db.update(users).set({ passwordHash, updatedAt: now }).where(eq(users.id, userId))
}
