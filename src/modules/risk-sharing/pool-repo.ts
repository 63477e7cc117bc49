import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { isCheckViolation, isUniqueViolation } from '../../db/errors.ts'
import type { Tx } from '../../db/tx.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import { riskPools } from './table.ts'

export type RiskPool = typeof riskPools.$inferSelect
export type PoolId = Id<'riskPool'>

/** @throws EXTERNAL_ID_TAKEN */
export async function insertPool(tx: Tx, pool: RiskPool): Promise<void> {
  await tx
    .insert(riskPools)
    .values(pool)
    .catch((cause: unknown) => {
      if (!isUniqueViolation(cause, 'risk_pools__external_id')) throw cause
      throw new AppError('EXTERNAL_ID_TAKEN', 'You have a pool with this external id.', { cause })
    })
}

/** @throws NOT_FOUND */
export async function getPool(db: Db, id: PoolId): Promise<RiskPool> {
  const [row] = await db.select().from(riskPools).where(eq(riskPools.id, id))
  if (row) return row
  throw notFound('risk pool')
}

export async function findPoolByExternalId(
  db: Db,
  orgId: Id<'organisation'>,
  externalId: string,
): Promise<RiskPool | undefined> {
  const [row] = await db
    .select()
    .from(riskPools)
    .where(and(eq(riskPools.orgId, orgId), eq(riskPools.externalId, externalId)))
  return row
}

/** Holds the row until the transaction ends: guarantees and payments of one pool take turns. @throws NOT_FOUND */
export async function lockPool(tx: Tx, id: PoolId): Promise<RiskPool> {
  const [row] = await tx.select().from(riskPools).where(eq(riskPools.id, id)).for('update')
  if (row) return row
  throw notFound('risk pool')
}

/** Writes the next version of a locked row. @throws LIMIT_EXCEEDED above the capacity. */
export async function updatePool(tx: Tx, { id, ...row }: RiskPool): Promise<RiskPool> {
  const next = { ...row, version: row.version + 1 }
  await tx
    .update(riskPools)
    .set(next)
    .where(eq(riskPools.id, id))
    .catch((cause: unknown) => {
      if (!isCheckViolation(cause, 'risk_pools__capacity')) throw cause
      throw new AppError('LIMIT_EXCEEDED', 'It is more than the pool may guarantee at one time.', { cause })
    })
  return { id, ...next }
}

export async function listPools(db: Db, markets: readonly string[], page: PageRequest): Promise<PageOf<RiskPool>> {
  const before = page.after?.[0] as unknown as PoolId | undefined
  const rows = await db
    .select()
    .from(riskPools)
    .where(and(inArray(riskPools.market, [...markets]), before && lt(riskPools.id, before)))
    .orderBy(desc(riskPools.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ id }) => [id])
}
