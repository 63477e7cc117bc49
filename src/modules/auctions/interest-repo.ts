import { and, eq } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { InterestBand } from './domain/interest.ts'
import { auctionInterests } from './interest-table.ts'

export type Interest = typeof auctionInterests.$inferSelect

/** One for each organisation: a later band takes the place of the earlier. */
export async function upsertInterest(db: Db, interest: Interest): Promise<Interest> {
  const { supplyId, orgId } = auctionInterests
  const { band, userId, updatedAt } = interest
  const [row] = await db
    .insert(auctionInterests)
    .values(interest)
    .onConflictDoUpdate({ target: [supplyId, orgId], set: { band, userId, updatedAt } })
    .returning()
  if (row) return row
  throw notFound('interest')
}

export async function deleteInterest(db: Db, supplyId: Id<'supply'>, orgId: Id<'organisation'>): Promise<void> {
  const isIt = and(eq(auctionInterests.supplyId, supplyId), eq(auctionInterests.orgId, orgId))
  await db.delete(auctionInterests).where(isIt)
}

export async function listInterestBands(db: Db, supplyId: Id<'supply'>): Promise<InterestBand[]> {
  const rows = await db
    .select({ band: auctionInterests.band })
    .from(auctionInterests)
    .where(eq(auctionInterests.supplyId, supplyId))
  return rows.map(({ band }) => band)
}
