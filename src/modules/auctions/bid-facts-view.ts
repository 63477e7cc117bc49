import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { idToUuid } from '../../kernel/ids.ts'
import type { BidAttempt, TakenBid } from './bid-repo.ts'
import type { BidFacts } from './domain/bid-refusal.ts'

type Row = Omit<BidFacts, 'opensAt' | 'endsAt' | 'now'> & {
  opensAt: string
  endsAt: string
  now: string
  answer:
    | (Omit<TakenBid, 'endsAt' | 'at'> & { endsAt: string; at: string; limitFen: number; isMaximum: boolean })
    | null
}

/** The answer that a key got before, with what it was asked for. */
export type EarlierAnswer = TakenBid & { limitFen: number; isMaximum: boolean }

/** Why a bid may not have been taken, in one look; undefined for a lot that is not announced. */
export async function readBidFacts(
  db: Db,
  { lotId, orgId, key }: BidAttempt,
): Promise<{ facts: BidFacts; earlier: EarlierAnswer | undefined } | undefined> {
  const { rows } = await db.execute<Row>(sql`
    select book.is_closed as "isClosed", auction_instant(book.opens_at) as "opensAt",
      auction_instant(book.ends_at) as "endsAt", auction_instant(clock_timestamp()) as now, book.least_fen as "leastFen",
      coalesce(bidder.state, 'none') as registration,
      lot.seller_org_id = org.id or org.id = any (lot.related_org_ids)
        or coalesce(lot.seller_org_id = any (bidder.related_org_ids), false) as "isRelated",
      book.leader_id is not distinct from bidder.id and bidder.id is not null as "isLeader",
      case when done.key is not null then jsonb_build_object(
        'bidderNumber', bidder.number, 'outcome', done.outcome, 'seq', done.seq, 'amountFen', done.amount_fen,
        'priceFen', done.price_fen, 'leastFen', done.least_fen, 'endsAt', auction_instant(done.ends_at),
        'at', auction_instant(done.at), 'limitFen', done.limit_fen, 'isMaximum', done.is_maximum) end as answer
    from auction_books book
    join auction_lots lot on lot.id = book.lot_id
    cross join (select ${idToUuid(orgId)}::uuid as id) org
    left join auction_registrations bidder on bidder.lot_id = book.lot_id and bidder.org_id = org.id
    left join auction_bid_requests done
      on done.lot_id = book.lot_id and done.registration_id = bidder.id and done.key = ${key}
    where book.lot_id = ${idToUuid(lotId)}::uuid`)
  const [row] = rows
  if (row === undefined) return undefined
  const { answer, opensAt, endsAt, now, ...facts } = row
  return {
    facts: { ...facts, opensAt: new Date(opensAt), endsAt: new Date(endsAt), now: new Date(now) },
    earlier: answer === null ? undefined : { ...answer, endsAt: new Date(answer.endsAt), at: new Date(answer.at) },
  }
}
