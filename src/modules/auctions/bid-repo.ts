import { and, asc, eq, gt } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { auctionBids } from './bidder-table.ts'

export type Bid = typeof auctionBids.$inferSelect

/** In the order of the chain, after a number. */
export function listBids(
  db: Db,
  lotId: Id<'auction'>,
  page: { afterSeq?: number; limit?: number } = {},
): Promise<Bid[]> {
  const { afterSeq = 0, limit } = page
  const rows = db
    .select()
    .from(auctionBids)
    .where(and(eq(auctionBids.lotId, lotId), gt(auctionBids.seq, afterSeq)))
    .orderBy(asc(auctionBids.seq))
  return limit === undefined ? rows : rows.limit(limit)
}
