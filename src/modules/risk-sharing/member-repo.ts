import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { PoolId } from './pool-repo.ts'
import { riskPoolMembers as members } from './table.ts'

export type Member = typeof members.$inferSelect

/** Enrols, also whoever left before; a member stays as it is. */
export async function upsertMember(tx: Tx, member: Omit<Member, 'leftAt'>): Promise<Member> {
  await tx
    .insert(members)
    .values(member)
    .onConflictDoUpdate({ target: [members.poolId, members.orgId], set: { leftAt: null } })
  return getMember(tx, member)
}

type MemberKey = Pick<Member, 'poolId' | 'orgId'>

async function getMember(db: Db, { poolId, orgId }: MemberKey): Promise<Member> {
  const [row] = await db
    .select()
    .from(members)
    .where(and(eq(members.poolId, poolId), eq(members.orgId, orgId)))
  if (row) return row
  throw notFound('member of the pool')
}

/** @throws NOT_FOUND for who is not enrolled. */
export async function endMembership(tx: Tx, { poolId, orgId }: MemberKey, leftAt: Date): Promise<void> {
  const { rowCount } = await tx
    .update(members)
    .set({ leftAt })
    .where(and(eq(members.poolId, poolId), eq(members.orgId, orgId), isNull(members.leftAt)))
  if (rowCount === 0) throw notFound('member of the pool')
}

/** Which of the organisations are enrolled now. */
export async function listEnrolled(
  db: Db,
  poolId: PoolId,
  orgIds: readonly Id<'organisation'>[],
): Promise<Id<'organisation'>[]> {
  const rows = await db
    .select({ orgId: members.orgId })
    .from(members)
    .where(and(eq(members.poolId, poolId), inArray(members.orgId, [...orgIds]), isNull(members.leftAt)))
  return rows.map(({ orgId }) => orgId)
}

type MemberFilter = { poolId: PoolId; orgId?: Id<'organisation'> | undefined }

/** The enrolment list, or the one entry of an organisation. */
export async function listMembers(db: Db, { poolId, orgId }: MemberFilter, page: PageRequest): Promise<PageOf<Member>> {
  const from = page.after?.[0] as unknown as Id<'organisation'> | undefined
  const rows = await db
    .select()
    .from(members)
    .where(and(eq(members.poolId, poolId), orgId && eq(members.orgId, orgId), from && gt(members.orgId, from)))
    .orderBy(asc(members.orgId))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, (row) => [row.orgId])
}
