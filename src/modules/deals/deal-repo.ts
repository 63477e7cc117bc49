import { and, asc, desc, eq, inArray, lt, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { notFound } from '../../kernel/errors.ts'
import { type Id, idPrefixes } from '../../kernel/ids.ts'
import { lastIdOf, type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { SourceKind } from './domain/source.ts'
import type { DealStage } from './domain/stage.ts'
import { deals } from './table.ts'

export type Deal = typeof deals.$inferSelect
export type DealChange = Partial<Omit<Deal, 'id' | 'version' | 'createdAt'>>

/** @returns false when the source has its deal already. */
export async function insertDeal(tx: Tx, deal: Deal): Promise<boolean> {
  const { rowCount } = await tx.insert(deals).values(deal).onConflictDoNothing()
  return rowCount === 1
}

/** @throws NOT_FOUND */
export async function getDeal(db: Db, id: Id<'deal'>): Promise<Deal> {
  const [row] = await db.select().from(deals).where(eq(deals.id, id))
  if (row) return row
  throw notFound('deal')
}

export async function findDealOfSource(db: Db, kind: SourceKind, key: string): Promise<Deal | undefined> {
  const [row] = await db
    .select()
    .from(deals)
    .where(and(eq(deals.sourceKind, kind), eq(deals.sourceKey, key)))
  return row
}

/** Holds the row until the transaction ends: changes of one deal take turns. @throws NOT_FOUND */
export async function lockDeal(tx: Tx, id: Id<'deal'>): Promise<Deal> {
  const [row] = await tx.select().from(deals).where(eq(deals.id, id)).for('update')
  if (row) return row
  throw notFound('deal')
}

/** Writes the next version of a row that the caller holds locked. */
export async function updateDealRow(tx: Tx, id: Id<'deal'>, change: DealChange): Promise<Deal> {
  const [row] = await tx
    .update(deals)
    .set({ ...change, version: sql`${deals.version} + 1` })
    .where(eq(deals.id, id))
    .returning()
  if (row) return row
  throw notFound('deal')
}

/** Whose deals: those of an organisation, of a broker, and of the markets that an operator runs. */
export type DealsOf = { orgId: Id<'organisation'>; userId: Id<'user'>; markets: readonly string[] }
export type DealFilter = { stage?: DealStage | undefined; sourceKind?: SourceKind | undefined }

export async function listDealsOf(
  db: Db,
  { orgId, userId, markets }: DealsOf,
  { stage, sourceKind, page }: DealFilter & { page: PageRequest },
): Promise<PageOf<Deal>> {
  const before = lastIdOf<'deal'>(page.after)
  const isTheirs = or(
    eq(deals.providerOrgId, orgId),
    eq(deals.acquirerOrgId, orgId),
    sql`${deals.brokers} @> ${JSON.stringify([{ userId }])}::jsonb`,
    markets.length === 0 ? undefined : inArray(deals.market, [...markets]),
  )
  const rows = await db
    .select()
    .from(deals)
    .where(
      and(
        isTheirs,
        stage && eq(deals.stage, stage),
        sourceKind && eq(deals.sourceKind, sourceKind),
        before && lt(deals.id, before),
      ),
    )
    .orderBy(desc(deals.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ id }) => [id])
}

/** The stages of the deals about a listing, in the order in which they were opened. */
export async function listStagesAbout(db: Db, listingId: Id<'supply'> | Id<'demand'>): Promise<DealStage[]> {
  const isSupply = listingId.startsWith(idPrefixes.supply)
  const isAbout = isSupply
    ? eq(deals.supplyId, listingId as Id<'supply'>)
    : eq(deals.demandId, listingId as Id<'demand'>)
  const rows = await db.select({ stage: deals.stage }).from(deals).where(isAbout).orderBy(asc(deals.id))
  return rows.map(({ stage }) => stage)
}
