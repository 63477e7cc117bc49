import type { Db } from '../../db/client.ts'
import { fixedStatement } from '../../db/fixed-statement.ts'
import { type Id, idToUuid, newId } from '../../kernel/ids.ts'
import type { bidOutcomes } from './bidder-table.ts'
import { bidAccepted } from './events.ts'

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

/** As `auction_step` and `auction_instant`, but planned with the statement: a call of either costs as much as a look-up. */
const stepAt = (price: string, row: string) =>
  `(select step from unnest(${row}.ladder_from, ${row}.ladder_step) as tier (from_fen, step)
    where from_fen <= ${price} order by from_fen desc limit 1)`
const instant = (at: string) => `to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const takeBidStatement = fixedStatement<TakenBid>(
  'take_bid',
  `with asking as materialized (
      select id as bidder_id, number as bidder_number, $4::bigint as asked from auction_registrations
      where lot_id = $1::uuid and org_id = $2::uuid and state = 'admitted'
    ),
    held as materialized (
      select book.*, asking.*
      from auction_books book, asking
      where book.lot_id = $1 and not book.is_closed and asked >= book.least_fen
        and book.leader_id is distinct from bidder_id
      for no key update of book
    ),
    timed as materialized (
      select *, date_trunc('milliseconds', clock_timestamp()) as at, ${stepAt('asked', 'held')} as asked_step,
             coalesce(leader_max_fen, 0) as reach, ${stepAt('coalesce(leader_max_fen, 0)', 'held')} as reach_step
      from held
    ),
    judged as materialized (
      select *,
        case when reach < asked then 'leading' when reach >= asked + asked_step then 'outbid' else 'covered' end as outcome,
        case when reach < asked and $5::boolean and reach >= least_fen then least(asked, reach + reach_step)
             when reach < asked and $5 then least_fen
             else asked end as amount,
        case when ends_at - at < soft_close_ms * interval '1 millisecond'
               then greatest(ends_at, least(at + soft_close_ms * interval '1 millisecond', hard_ends_at))
             else ends_at end as new_end
      from timed
      where at >= opens_at and at < ends_at
        and not exists (select from auction_bid_requests done
                        where done.lot_id = $1 and done.registration_id = bidder_id and done.key = $3)
    ),
    first as materialized (
      select *,
        seq + 1 as first_seq,
        case outcome when 'covered' then leader_id else bidder_id end as first_id,
        case outcome when 'covered' then leader_number else bidder_number end as first_number,
        case when outcome = 'covered' or $5 then 'automatic' else 'manual' end as first_kind,
        case outcome when 'covered' then bidder_number end as covered,
        concat_ws('|', ${instant('at')}, ${instant('new_end')}) as times
      from judged
    ),
    hashed as materialized (
      select *, encode(sha256(convert_to(concat_ws('|', last_hash, first_seq, first_number, amount, first_kind,
          coalesce(covered::text, '-'), times), 'UTF8')), 'hex') as first_hash
      from first
    ),
    answered as materialized (
      select *,
        case outcome when 'outbid' then asked + asked_step else amount end as new_price,
        case outcome when 'outbid' then first_seq + 1 else first_seq end as new_seq,
        case outcome when 'outbid' then encode(sha256(convert_to(concat_ws('|', first_hash, first_seq + 1, leader_number,
            asked + asked_step, 'automatic', '-', times), 'UTF8')), 'hex')
          else first_hash end as new_hash
      from hashed
    ),
    moved as (
      update auction_books book
      set seq = new_seq, price_fen = new_price, last_hash = new_hash, ends_at = new_end,
        least_fen = new_price + ${stepAt('new_price', 'book')},
        leader_id = case outcome when 'leading' then bidder_id else book.leader_id end,
        leader_number = case outcome when 'leading' then bidder_number else book.leader_number end,
        leader_max_fen = case outcome when 'leading' then asked else book.leader_max_fen end
      from answered where book.lot_id = $1
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
      select $1, bidder_id, $3, asked, $5, outcome, first_seq, amount, new_price, least_fen, new_end, at
      from moved
    ),
    fact as (
      insert into outbox_events (id, type, version, data, occurred_at)
      select $6::uuid, '${bidAccepted.type}', ${bidAccepted.version}, jsonb_build_object('lotId', $7::text, 'seq', first_seq), at
      from moved
    )
    select bidder_number as "bidderNumber", outcome, first_seq as seq, amount as "amountFen", new_price as "priceFen",
           least_fen as "leastFen", new_end as "endsAt", at
    from moved`,
)

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
export async function takeBid(
  db: Db,
  { lotId, orgId, key, limitFen, isMaximum }: BidAttempt,
): Promise<TakenBid | undefined> {
  const [row] = await takeBidStatement(db, [
    ...[idToUuid(lotId), idToUuid(orgId), key, limitFen, isMaximum],
    ...[idToUuid(newId('event')), lotId],
  ])
  return row
}

const raiseMaximumStatement = fixedStatement<Omit<TakenBid, 'outcome'>>(
  'raise_maximum',
  `with bidder as materialized (
      select id from auction_registrations where lot_id = $1::uuid and org_id = $2::uuid and state = 'admitted'
    ),
    held as materialized (
      select book.lot_id, book.ends_at from auction_books book, bidder
      where book.lot_id = $1 and not book.is_closed and book.leader_id = bidder.id and book.leader_max_fen < $4::bigint
      for no key update of book
    ),
    timed as materialized (select *, date_trunc('milliseconds', clock_timestamp()) as at from held),
    moved as (
      update auction_books book set leader_max_fen = $4
      from timed
      where book.lot_id = timed.lot_id and timed.at < timed.ends_at
        and not exists (select from auction_bid_requests done
                        where done.lot_id = $1 and done.registration_id = book.leader_id and done.key = $3)
      returning book.*, timed.at
    ),
    request as (
      insert into auction_bid_requests (lot_id, registration_id, key, limit_fen, is_maximum, outcome, seq, amount_fen,
                                        price_fen, least_fen, ends_at, at)
      select lot_id, leader_id, $3, leader_max_fen, true, 'raised', seq, price_fen, price_fen, least_fen, ends_at, at
      from moved
    )
    select leader_number as "bidderNumber", seq, price_fen as "amountFen", price_fen as "priceFen", least_fen as "leastFen",
           ends_at as "endsAt", at
    from moved`,
)

/**
 * Lets the leader go further than it said before; price and chain stay as they are. @returns undefined when the bidder does
 * not lead, bidding has ended, or it said as much already.
 */
export async function raiseMaximum(db: Db, { lotId, orgId, key, limitFen }: BidAttempt): Promise<TakenBid | undefined> {
  const [row] = await raiseMaximumStatement(db, [idToUuid(lotId), idToUuid(orgId), key, limitFen])
  return row && { ...row, outcome: 'raised' }
}
