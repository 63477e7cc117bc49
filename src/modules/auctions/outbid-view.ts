import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { type Id, idToUuid, uuidToId } from '../../kernel/ids.ts'

/** A bidder whose last bid no longer leads. */
export type Outbid = { orgId: Id<'organisation'>; lastSeq: number }

/** The bidders of a lot who lead no more, each with its last bid; nobody once bidding has ended. */
export async function listOutbidBidders(db: Db, lotId: Id<'auction'>): Promise<Outbid[]> {
  const { rows } = await db.execute<{ orgId: string; lastSeq: number }>(sql`
    select bidder.org_id as "orgId", max(bid.seq) as "lastSeq"
    from auction_bids bid
    join auction_books book on book.lot_id = bid.lot_id
    join auction_registrations bidder on bidder.id = bid.registration_id
    where bid.lot_id = ${idToUuid(lotId)}::uuid and not book.is_closed and bid.registration_id <> book.leader_id
    group by bidder.org_id order by bidder.org_id`)
  return rows.map(({ orgId, lastSeq }) => ({ orgId: uuidToId('organisation', orgId), lastSeq }))
}
