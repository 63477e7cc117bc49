import { and, asc, desc, eq, inArray, lt, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { JointState } from './domain/joint-demand.ts'
import { jointDemandMembers, jointDemands } from './table.ts'

export type Joint = typeof jointDemands.$inferSelect
export type JointMember = typeof jointDemandMembers.$inferSelect
type JointId = Id<'jointDemand'>

export async function insertJoint(tx: Tx, joint: Joint, members: readonly JointMember[]): Promise<void> {
  await tx.insert(jointDemands).values(joint)
  await tx.insert(jointDemandMembers).values([...members])
}

/** @throws NOT_FOUND */
export async function getJoint(db: Db, id: JointId): Promise<Joint> {
  const [row] = await db.select().from(jointDemands).where(eq(jointDemands.id, id))
  if (row) return row
  throw notFound('joint demand')
}

/** Holds the row until the transaction ends: answers of one take turns. @throws NOT_FOUND */
export async function lockJoint(tx: Tx, id: JointId): Promise<Joint> {
  const [row] = await tx.select().from(jointDemands).where(eq(jointDemands.id, id)).for('update')
  if (row) return row
  throw notFound('joint demand')
}

export async function updateJoint(tx: Tx, id: JointId, values: Partial<Joint>): Promise<void> {
  await tx.update(jointDemands).set(values).where(eq(jointDemands.id, id))
}

/** In the order of their demands' age. */
export async function listMembersOf(db: Db, ids: readonly JointId[]): Promise<JointMember[]> {
  if (ids.length === 0) return []
  return db
    .select()
    .from(jointDemandMembers)
    .where(inArray(jointDemandMembers.jointId, [...ids]))
    .orderBy(asc(jointDemandMembers.demandId))
}

export async function updateMember(
  tx: Tx,
  { jointId, demandId }: Pick<JointMember, 'jointId' | 'demandId'>,
  values: Partial<JointMember>,
): Promise<void> {
  const isIt = and(eq(jointDemandMembers.jointId, jointId), eq(jointDemandMembers.demandId, demandId))
  await tx.update(jointDemandMembers).set(values).where(isIt)
}

/** Those of an operator's markets, and those that an organisation was invited to. */
export async function listJointsOf(
  db: Db,
  { markets, orgId }: { markets: readonly string[]; orgId: Id<'organisation'> },
  { state, page }: { state: JointState | undefined; page: PageRequest },
): Promise<PageOf<Joint>> {
  const before = page.after?.[0] as unknown as JointId | undefined
  const invited = db
    .select({ id: jointDemandMembers.jointId })
    .from(jointDemandMembers)
    .where(eq(jointDemandMembers.orgId, orgId))
  const isInvited = and(inArray(jointDemands.id, invited), sql`${jointDemands.answerBy} is not null`)
  const rows = await db
    .select()
    .from(jointDemands)
    .where(
      and(
        or(isInvited, markets.length === 0 ? undefined : inArray(jointDemands.market, [...markets])),
        state && eq(jointDemands.state, state),
        before && lt(jointDemands.id, before),
      ),
    )
    .orderBy(desc(jointDemands.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ id }) => [id])
}

/** Invitations whose time is up. */
export async function listOverdue(db: Db, now: Date): Promise<JointId[]> {
  const rows = await db
    .select({ id: jointDemands.id })
    .from(jointDemands)
    .where(and(eq(jointDemands.state, 'inviting'), lt(jointDemands.answerBy, now)))
  return rows.map(({ id }) => id)
}
