import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { type Id, idToUuid, newId } from '../../kernel/ids.ts'
import { type auctionBidRequests, auctionBids, type bidOutcomes } from './bidder-table.ts'
import { bidAccepted } from './events.ts'

export type Bid = typeof auctionBids.$inferSelect
export type BidRequest = typeof auctionBidRequests.$inferSelect

export type BidAttempt = {
  lotId: Id<'auction'>
  orgId: Id<'organisation'>
  /** The bidder's own key for this request; repeats of it are answered from auction_bid_requests. */
  key: string
  /** The amount of a bid by hand, or how far the system may go. */
  limitFen: number
  isMaximum: boolean
}

/** What became of a request that was taken. */
export type TakenBid = {
  bidderNumber: number
  outcome: (typeof bidOutcomes)[number]
  seq: number
  amountFen: number
  priceFen: number
  leastFen: number
  endsAt: Date
  at: Date
}

/**
 * Takes a bid in one statement on the book's row in READ COMMITTED (AUC-1): whoever is below the least amount leaves without
 * waiting for the lock; whoever waited is judged anew on the row as it is then, by `clock_timestamp()` read after the lock
 * (AUC-2). The standing leader's maximum answers in the same statement, so that nothing can come between:
 *
 * - the newcomer reaches further: it leads, by hand at its amount, by maximum at the leader's reach and one increment, or at
 *   the least amount where the leader could not have bid that;
 * - the leader reaches an increment beyond the newcomer: both bids are recorded and the leader stays (`outbid`);
 * - the leader reaches as far, or further by less than an increment: the earlier maximum comes first, takes the newcomer's
 *   amount and stays (`covered`).
 *
 * Bids, the answer under the key and the event commit together or not at all. @returns undefined when it was not taken.
 */
export async function takeBid(db: Db, attempt: BidAttempt): Promise<TakenBid | undefined> {
  const { lotId, orgId, key, limitFen, isMaximum } = attempt
  const lot = sql`${idToUuid(lotId)}::uuid`
  const limit = sql`${limitFen}::bigint`
  const { rows } = await db.execute<Omit<TakenBid, 'endsAt' | 'at'> & { endsAt: string; at: string }>(sql`
    with bidder as materialized (
      select id, number from auction_registrations
      where lot_id = ${lot} and org_id = ${idToUuid(orgId)}::uuid and state = 'admitted'
    ),
    held as materialized (
      select book.*, bidder.id as bidder_id, bidder.number as bidder_number
      from auction_books book, bidder
      where book.lot_id = ${lot} and not book.is_closed and ${limit} >= book.least_fen
        and book.leader_id is distinct from bidder.id
      for no key update of book
    ),
    timed as materialized (
      select *, date_trunc('milliseconds', clock_timestamp()) as at, ${limit} as asked,
             auction_step(ladder_from, ladder_step, ${limit}) as asked_step,
             coalesce(leader_max_fen, 0) as reach
      from held
    ),
    judged as materialized (
      select *,
        case when reach < asked then 'leading' when reach >= asked + asked_step then 'outbid' else 'covered' end as outcome,
        case when reach < asked and ${isMaximum}::boolean and reach >= least_fen
               then least(asked, reach + auction_step(ladder_from, ladder_step, reach))
             when reach < asked and ${isMaximum}::boolean then least_fen
             else asked end as amount,
        case when ends_at - at < soft_close_ms * interval '1 millisecond'
               then greatest(ends_at, least(at + soft_close_ms * interval '1 millisecond', hard_ends_at))
             else ends_at end as new_end
      from timed
      where at >= opens_at and at < ends_at
        and not exists (select from auction_bid_requests done
                        where done.lot_id = timed.lot_id and done.registration_id = bidder_id and done.key = ${key})
    ),
    first as materialized (
      select *,
        seq + 1 as first_seq,
        case outcome when 'covered' then leader_id else bidder_id end as first_id,
        case outcome when 'covered' then leader_number else bidder_number end as first_number,
        case when outcome = 'covered' or ${isMaximum}::boolean then 'automatic' else 'manual' end as first_kind,
        case outcome when 'covered' then bidder_number end as covered
      from judged
    ),
    hashed as materialized (
      select *, encode(sha256(convert_to(concat_ws('|', last_hash, first_seq, first_number, amount, first_kind,
          coalesce(covered::text, '-'), auction_instant(at), auction_instant(new_end)), 'UTF8')), 'hex') as first_hash
      from first
    ),
    answered as materialized (
      select *,
        case outcome when 'outbid' then asked + asked_step else amount end as new_price,
        case outcome when 'outbid' then first_seq + 1 else first_seq end as new_seq,
        case outcome when 'outbid' then encode(sha256(convert_to(concat_ws('|', first_hash, first_seq + 1, leader_number,
            asked + asked_step, 'automatic', '-', auction_instant(at), auction_instant(new_end)), 'UTF8')), 'hex')
          else first_hash end as new_hash
      from hashed
    ),
    moved as (
      update auction_books book
      set seq = new_seq, price_fen = new_price, last_hash = new_hash, ends_at = new_end,
        least_fen = new_price + auction_step(book.ladder_from, book.ladder_step, new_price),
        leader_id = case outcome when 'leading' then bidder_id else book.leader_id end,
        leader_number = case outcome when 'leading' then bidder_number else book.leader_number end,
        leader_max_fen = case outcome when 'leading' then asked else book.leader_max_fen end
      from answered where book.lot_id = answered.lot_id
      returning bidder_id, bidder_number, outcome, amount, asked, first_seq, new_price, book.least_fen, new_end, at
    ),
    bids as (
      insert into auction_bids (lot_id, seq, registration_id, bidder_number, amount_fen, kind, covered_number, at, ends_at,
                                previous_hash, hash)
      select lot_id, first_seq, first_id, first_number, amount, first_kind, covered, at, new_end, last_hash, first_hash
      from answered
      union all
      select lot_id, new_seq, leader_id, leader_number, new_price, 'automatic', null, at, new_end, first_hash, new_hash
      from answered where outcome = 'outbid'
    ),
    request as (
      insert into auction_bid_requests (lot_id, registration_id, key, limit_fen, is_maximum, outcome, seq, amount_fen,
                                        price_fen, least_fen, ends_at, at)
      select ${lot}, bidder_id, ${key}, asked, ${isMaximum}::boolean, outcome, first_seq, amount, new_price, least_fen,
             new_end, at
      from moved
    ),
    fact as (
      insert into outbox_events (id, type, version, data, occurred_at)
      select ${idToUuid(newId('event'))}::uuid, ${bidAccepted.type}, ${bidAccepted.version}::int,
             jsonb_build_object('lotId', ${lotId}::text, 'seq', first_seq), at
      from moved
    )
    select bidder_number as "bidderNumber", outcome, first_seq as seq, amount as "amountFen", new_price as "priceFen",
           least_fen as "leastFen", auction_instant(new_end) as "endsAt", auction_instant(at) as at
    from moved`)
  const [row] = rows
  return row && { ...row, endsAt: new Date(row.endsAt), at: new Date(row.at) }
}

/**
 * Lets the leader go further than it said before; price and chain stay as they are. @returns undefined when the bidder does
 * not lead, bidding has ended, or it said as much already.
 */
export async function raiseMaximum(db: Db, attempt: BidAttempt): Promise<TakenBid | undefined> {
  const { lotId, orgId, key, limitFen } = attempt
  const lot = sql`${idToUuid(lotId)}::uuid`
  const { rows } = await db.execute<Omit<TakenBid, 'endsAt' | 'at' | 'outcome'> & { endsAt: string; at: string }>(sql`
    with bidder as materialized (
      select id from auction_registrations
      where lot_id = ${lot} and org_id = ${idToUuid(orgId)}::uuid and state = 'admitted'
    ),
    held as materialized (
      select book.lot_id, book.ends_at from auction_books book, bidder
      where book.lot_id = ${lot} and not book.is_closed and book.leader_id = bidder.id
        and book.leader_max_fen < ${limitFen}::bigint
      for no key update of book
    ),
    timed as materialized (select *, date_trunc('milliseconds', clock_timestamp()) as at from held),
    moved as (
      update auction_books book set leader_max_fen = ${limitFen}::bigint
      from timed
      where book.lot_id = timed.lot_id and timed.at < timed.ends_at
        and not exists (select from auction_bid_requests done
                        where done.lot_id = book.lot_id and done.registration_id = book.leader_id and done.key = ${key})
      returning book.*, timed.at
    ),
    request as (
      insert into auction_bid_requests (lot_id, registration_id, key, limit_fen, is_maximum, outcome, seq, amount_fen,
                                        price_fen, least_fen, ends_at, at)
      select lot_id, leader_id, ${key}, leader_max_fen, true, 'raised', seq, price_fen, price_fen, least_fen, ends_at, at
      from moved
    )
    select leader_number as "bidderNumber", seq, price_fen as "amountFen", price_fen as "priceFen", least_fen as "leastFen",
           auction_instant(ends_at) as "endsAt", auction_instant(at) as at
    from moved`)
  const [row] = rows
  return row && { ...row, outcome: 'raised', endsAt: new Date(row.endsAt), at: new Date(row.at) }
}

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
