import { eq, inArray } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { users } from '../identity/table.ts'
import { reviewItems } from '../review/table.ts'

export type Person = { id: Id<'user'>; orgId: Id<'organisation'>; displayName: string; email: string }

/** The broker who approved the match, who goes on looking after the pair. */
export async function findApprover(db: Db, matchId: Id<'match'>): Promise<Pick<Person, 'id' | 'orgId'> | undefined> {
  const [row] = await db
    .select({ id: users.id, orgId: users.orgId })
    .from(reviewItems)
    .innerJoin(users, eq(users.id, reviewItems.decidedBy))
    .where(eq(reviewItems.matchId, matchId))
  return row
}

/** Users by id, for the few that a page of introductions names. */
export async function findPeople(db: Db, ids: readonly Id<'user'>[]): Promise<Map<Id<'user'>, Person>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: users.id, orgId: users.orgId, displayName: users.displayName, email: users.email })
    .from(users)
    .where(inArray(users.id, [...new Set(ids)]))
  return new Map(rows.map((row) => [row.id, row]))
}
