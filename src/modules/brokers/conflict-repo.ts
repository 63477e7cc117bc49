import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { lastIdOf, type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import { brokerConflicts } from './table.ts'

export type Conflict = typeof brokerConflicts.$inferSelect
type ConflictRef = Pick<Conflict, 'userId' | 'organisationId'>

const isRef = ({ userId, organisationId }: ConflictRef) =>
  and(eq(brokerConflicts.userId, userId), eq(brokerConflicts.organisationId, organisationId))

/** Declaring it again replaces the reason. */
export async function putConflict(tx: Tx, conflict: Conflict): Promise<void> {
  const { reason, note, declaredAt } = conflict
  await tx
    .insert(brokerConflicts)
    .values(conflict)
    .onConflictDoUpdate({
      target: [brokerConflicts.userId, brokerConflicts.organisationId],
      set: { reason, note, declaredAt },
    })
}

/** @throws NOT_FOUND */
export async function deleteConflict(tx: Tx, ref: ConflictRef): Promise<void> {
  const { rowCount } = await tx.delete(brokerConflicts).where(isRef(ref))
  if (rowCount === 0) throw notFound('conflict of interest')
}

export async function listConflictsOf(db: Db, userId: Id<'user'>, page: PageRequest): Promise<PageOf<Conflict>> {
  const after = lastIdOf<'organisation'>(page.after)
  const rows = await db
    .select()
    .from(brokerConflicts)
    .where(and(eq(brokerConflicts.userId, userId), after && gt(brokerConflicts.organisationId, after)))
    .orderBy(asc(brokerConflicts.organisationId))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ organisationId }) => [organisationId])
}

/** The organisations that each of these brokers keeps away from. */
export async function findConflicts(
  db: Db,
  userIds: readonly Id<'user'>[],
): Promise<Map<Id<'user'>, Id<'organisation'>[]>> {
  const found = new Map<Id<'user'>, Id<'organisation'>[]>(userIds.map((userId) => [userId, []]))
  if (userIds.length === 0) return found
  const { userId, organisationId } = brokerConflicts
  const rows = await db
    .select({ userId, organisationId })
    .from(brokerConflicts)
    .where(inArray(userId, [...userIds]))
  for (const row of rows) found.get(row.userId)?.push(row.organisationId)
  return found
}
