import { and, desc, eq, inArray, lt, or, type SQL } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import type { Tx } from '../../db/tx.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { RedemptionState } from './domain/redemption.ts'
import { policyRedemptions as redemptions } from './table.ts'

export type Redemption = typeof redemptions.$inferSelect
export type RedemptionId = Id<'policyRedemption'>

/** @throws ALREADY_EXISTS while another claim of the same period stands. */
export async function insertRedemption(tx: Tx, row: Redemption): Promise<void> {
  await tx
    .insert(redemptions)
    .values(row)
    .catch((cause: unknown) => {
      if (!isUniqueViolation(cause, 'policy_redemptions__period')) throw cause
      throw new AppError('ALREADY_EXISTS', 'This has been claimed already, and may be claimed once.', {
        cause,
        details: { period: row.period },
      })
    })
}

export async function updateRedemption(tx: Tx, { id, ...row }: Redemption): Promise<void> {
  await tx.update(redemptions).set(row).where(eq(redemptions.id, id))
}

/** Whose redemptions an actor sees: its organisation's, and those of the markets that it runs. */
export type SeenBy = { orgId: Id<'organisation'>; markets: readonly string[] }

function isSeenBy({ orgId, markets }: SeenBy): SQL | undefined {
  const isRun = markets.length > 0 ? inArray(redemptions.market, [...markets]) : undefined
  return or(eq(redemptions.orgId, orgId), isRun)
}

export async function findRedemption(db: Db, id: RedemptionId): Promise<Redemption | undefined> {
  const [row] = await db.select().from(redemptions).where(eq(redemptions.id, id))
  return row
}

/** @throws NOT_FOUND also for one that the actor may not see. */
export async function getRedemption(db: Db, id: RedemptionId, by: SeenBy): Promise<Redemption> {
  const [row] = await db
    .select()
    .from(redemptions)
    .where(and(eq(redemptions.id, id), isSeenBy(by)))
  if (row) return row
  throw notFound('redemption')
}

/** Holds the row until the transaction ends. @throws NOT_FOUND */
export async function lockRedemption(tx: Tx, id: RedemptionId, by: SeenBy): Promise<Redemption> {
  const [row] = await tx
    .select()
    .from(redemptions)
    .where(and(eq(redemptions.id, id), isSeenBy(by)))
    .for('update')
  if (row) return row
  throw notFound('redemption')
}

export type RedemptionFilter = {
  seenBy: SeenBy
  policyId?: Id<'policy'> | undefined
  state?: RedemptionState | undefined
}

/** Newest first. */
export async function listRedemptions(
  db: Db,
  { seenBy, policyId, state }: RedemptionFilter,
  page: PageRequest,
): Promise<PageOf<Redemption>> {
  const before = page.after?.[0] as unknown as RedemptionId | undefined
  const rows = await db
    .select()
    .from(redemptions)
    .where(
      and(
        isSeenBy(seenBy),
        policyId && eq(redemptions.policyId, policyId),
        state && eq(redemptions.state, state),
        before && lt(redemptions.id, before),
      ),
    )
    .orderBy(desc(redemptions.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ id }) => [id])
}
