import type { Db } from '../../db/client.ts'
import { fixedStatement } from '../../db/fixed-statement.ts'
import { type Id, idToUuid } from '../../kernel/ids.ts'
import type { BidFacts } from './domain/bid-refusal.ts'
import type { BidAttempt, TakenBid } from './take-bid-repo.ts'

/** The answer that a key got before, with what it was asked for. */
export type EarlierAnswer = TakenBid & { limitFen: number; isMaximum: boolean }

export type BidLook = { facts: BidFacts; earlier: EarlierAnswer | undefined }

type Row = BidFacts &
  Omit<EarlierAnswer, 'leastFen' | 'endsAt'> & { hasAnswer: boolean; answerLeastFen: number; answerEndsAt: Date }

const look = fixedStatement<Row>(
  'look_at_bids',
  `select book.is_closed as "isClosed", book.opens_at as "opensAt", book.ends_at as "endsAt", clock_timestamp() as now,
      book.least_fen as "leastFen", coalesce(bidder.state, 'none') as registration,
      lot.seller_org_id = asked.org_id or asked.org_id = any (lot.related_org_ids)
        or coalesce(lot.seller_org_id = any (bidder.related_org_ids), false) as "isRelated",
      book.leader_id is not distinct from bidder.id and bidder.id is not null as "isLeader",
      case when book.leader_id = bidder.id then book.leader_max_fen end as "ownReachFen",
      done.key is not null as "hasAnswer", bidder.number as "bidderNumber", done.outcome, done.seq,
      done.amount_fen as "amountFen", done.price_fen as "priceFen", done.least_fen as "answerLeastFen",
      done.ends_at as "answerEndsAt", done.at, done.limit_fen as "limitFen", done.is_maximum as "isMaximum"
    from auction_books book
    join auction_lots lot on lot.id = book.lot_id
    cross join unnest($2::uuid[], $3::text[]) with ordinality as asked (org_id, key, place)
    left join auction_registrations bidder on bidder.lot_id = $1 and bidder.org_id = asked.org_id
    left join auction_bid_requests done
      on done.lot_id = $1 and done.registration_id = bidder.id and done.key = asked.key
    where book.lot_id = $1::uuid
    order by asked.place`,
)

/** Why each of the attempts, all on one lot, may not be taken, in one look; undefined for a lot that is not announced. */
export async function readBidFacts(
  db: Db,
  lotId: Id<'auction'>,
  attempts: readonly BidAttempt[],
): Promise<BidLook[] | undefined> {
  const orgIds = attempts.map(({ orgId }) => idToUuid(orgId))
  const rows = await look(db, [idToUuid(lotId), orgIds, attempts.map(({ key }) => key)])
  return rows.length === 0 ? undefined : rows.map(toLook)
}

function toLook(row: Row): BidLook {
  const { isClosed, opensAt, endsAt, now, leastFen, registration, isRelated, isLeader, ownReachFen } = row
  const { hasAnswer, answerLeastFen, answerEndsAt, bidderNumber, outcome, seq, amountFen, priceFen, at } = row
  const { limitFen, isMaximum } = row
  const answer = { bidderNumber, outcome, seq, amountFen, priceFen, leastFen: answerLeastFen, endsAt: answerEndsAt, at }
  return {
    facts: { isClosed, opensAt, endsAt, now, leastFen, registration, isRelated, isLeader, ownReachFen },
    earlier: hasAnswer ? { ...answer, limitFen, isMaximum } : undefined,
  }
}
