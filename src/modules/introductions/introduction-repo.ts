import { and, asc, desc, eq, gt, inArray, lt, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { lastIdOf, type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { IntroductionState } from './domain/introduction.ts'
import { introductions } from './table.ts'

export type Introduction = typeof introductions.$inferSelect

/** @returns false when the match has its introduction already. */
export async function insertIntroduction(tx: Tx, introduction: Introduction): Promise<boolean> {
  const { rowCount } = await tx.insert(introductions).values(introduction).onConflictDoNothing()
  return rowCount === 1
}

/** @throws NOT_FOUND */
export async function getIntroduction(db: Db, id: Id<'introduction'>): Promise<Introduction> {
  const [row] = await db.select().from(introductions).where(eq(introductions.id, id))
  if (row) return row
  throw notFound('introduction')
}

/** Holds the row until the transaction ends: answers, chases and ends of one introduction take turns. @throws NOT_FOUND */
export async function lockIntroduction(tx: Tx, id: Id<'introduction'>): Promise<Introduction> {
  const [row] = await tx.select().from(introductions).where(eq(introductions.id, id)).for('update')
  if (row) return row
  throw notFound('introduction')
}

export type IntroductionChanges = Partial<Omit<Introduction, 'id' | 'version' | 'createdAt'>> & { updatedAt: Date }

/** Writes the next version of a row that the caller holds locked. */
export async function updateIntroduction(
  tx: Tx,
  id: Id<'introduction'>,
  changes: IntroductionChanges,
): Promise<Introduction> {
  const [row] = await tx
    .update(introductions)
    .set({ ...changes, version: sql`${introductions.version} + 1` })
    .where(eq(introductions.id, id))
    .returning()
  if (row) return row
  throw notFound('introduction')
}

/** The newest introduction of the buyer to the supply that both sides accepted and nobody has ended. */
export async function findMutualOfPair(
  db: Db,
  { supplyId, demandOrgId }: Pick<Introduction, 'supplyId' | 'demandOrgId'>,
): Promise<Introduction | undefined> {
  const isPair = and(eq(introductions.supplyId, supplyId), eq(introductions.demandOrgId, demandOrgId))
  const [row] = await db
    .select()
    .from(introductions)
    .where(and(isPair, inArray(introductions.state, ['accepted', 'in_contact'])))
    .orderBy(desc(introductions.id))
    .limit(1)
  return row
}

export type IntroductionFilter = {
  /** Those in which the organisation is a side, the user is the broker, or that belong to one of the markets. */
  orgId: Id<'organisation'>
  userId: Id<'user'>
  markets: readonly string[]
  state?: IntroductionState | undefined
}

/** Newest first: ids are UUIDv7, so the primary key's order is the order of creation. */
export async function listIntroductions(
  db: Db,
  { orgId, userId, markets, state }: IntroductionFilter,
  page: PageRequest,
): Promise<PageOf<Introduction>> {
  const before = lastIdOf<'introduction'>(page.after)
  const rows = await db
    .select()
    .from(introductions)
    .where(
      and(
        or(
          eq(introductions.demandOrgId, orgId),
          eq(introductions.supplyOrgId, orgId),
          eq(introductions.brokerId, userId),
          markets.length > 0 ? inArray(introductions.market, [...markets]) : undefined,
        ),
        state && eq(introductions.state, state),
        before && lt(introductions.id, before),
      ),
    )
    .orderBy(desc(introductions.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ id }) => [id])
}

/** Those that wait for an answer, in the order of their ids. */
export async function listAsked(db: Db, page: PageRequest): Promise<PageOf<Introduction>> {
  const after = lastIdOf<'introduction'>(page.after)
  const rows = await db
    .select()
    .from(introductions)
    .where(and(eq(introductions.state, 'asked'), after && gt(introductions.id, after)))
    .orderBy(asc(introductions.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ id }) => [id])
}

/** Those of a listing that wait for an answer. */
export async function listAskedOfListing(db: Db, listingId: Id<'demand' | 'supply'>): Promise<Introduction[]> {
  const isSide = or(
    eq(introductions.demandId, listingId as Id<'demand'>),
    eq(introductions.supplyId, listingId as Id<'supply'>),
  )
  return db
    .select()
    .from(introductions)
    .where(and(eq(introductions.state, 'asked'), isSide))
}
