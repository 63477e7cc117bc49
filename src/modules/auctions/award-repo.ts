import { and, asc, eq, inArray, lt, or } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { auctionAwards } from './bidder-table.ts'
import type { AwardState } from './domain/award.ts'

export type Award = typeof auctionAwards.$inferSelect
export type NewAward = typeof auctionAwards.$inferInsert

export async function insertAward(tx: Tx, award: NewAward): Promise<Award> {
  const [row] = await tx.insert(auctionAwards).values(award).returning()
  if (row) return row
  throw notFound('award')
}

/** In the order in which they were made. */
export function listAwards(db: Db, lotId: Id<'auction'>): Promise<Award[]> {
  return db.select().from(auctionAwards).where(eq(auctionAwards.lotId, lotId)).orderBy(asc(auctionAwards.rank))
}

export function listAwardsOfLots(db: Db, lotIds: readonly Id<'auction'>[]): Promise<Award[]> {
  if (lotIds.length === 0) return Promise.resolve([])
  return db
    .select()
    .from(auctionAwards)
    .where(inArray(auctionAwards.lotId, [...lotIds]))
    .orderBy(asc(auctionAwards.rank))
}

/** Awards whose payment, and offers whose answer, was due by these times; the longest overdue first. */
export function listOverdueAwards(
  db: Db,
  { acceptedBy, offeredBy, limit }: { acceptedBy: Date; offeredBy: Date; limit: number },
): Promise<Award[]> {
  const { state, answerBy } = auctionAwards
  const isOverdue = or(
    and(eq(state, 'accepted'), lt(answerBy, acceptedBy)),
    and(eq(state, 'offered'), lt(answerBy, offeredBy)),
  )
  return db.select().from(auctionAwards).where(isOverdue).orderBy(asc(answerBy)).limit(limit)
}

/** @throws NOT_FOUND */
export async function getAward(db: Db, id: Id<'auctionAward'>): Promise<Award> {
  const [row] = await db.select().from(auctionAwards).where(eq(auctionAwards.id, id))
  if (row) return row
  throw notFound('award')
}

/** The lot's row is held by the caller, which serialises all changes of its awards. */
export async function updateAward(
  tx: Tx,
  id: Id<'auctionAward'>,
  changes: { state: AwardState; updatedAt: Date; answerBy?: Date; note?: string | null },
): Promise<Award> {
  const [row] = await tx.update(auctionAwards).set(changes).where(eq(auctionAwards.id, id)).returning()
  if (row) return row
  throw notFound('award')
}
