import { type Ladder, stepAt } from '../../../src/modules/auctions/domain/ladder.ts'

export type ModelBid = { bidder: number; amount: number; kind: 'manual' | 'automatic'; covered?: number }
export type ModelLot = { startFen: number; ladder: Ladder; bids: ModelBid[]; leader?: number; reach: number }
export type ModelRequest = { bidder: number; limit: number; isMaximum: boolean }

/** Bidding in plain words, one request after the other: what the statement in take-bid-repo.ts has to do. @returns the answer. */
export function request(lot: ModelLot, { bidder, limit, isMaximum }: ModelRequest): string {
  const price = lot.bids.at(-1)?.amount
  const least = price === undefined ? lot.startFen : price + stepAt(lot.ladder, price)
  const kind = isMaximum ? 'automatic' : 'manual'
  if (lot.leader === bidder) {
    if (!isMaximum || limit <= lot.reach) return 'BID_OWN_LEAD'
    lot.reach = limit
    return 'raised'
  }
  if (limit < least) return 'BID_BELOW_STEP'
  if (lot.leader === undefined || lot.reach < limit) {
    const toBeat = lot.leader !== undefined && lot.reach >= least ? lot.reach + stepAt(lot.ladder, lot.reach) : least
    lot.bids.push({ bidder, amount: isMaximum ? Math.min(limit, toBeat) : limit, kind })
    lot.leader = bidder
    lot.reach = limit
    return 'leading'
  }
  const answer = limit + stepAt(lot.ladder, limit)
  if (answer <= lot.reach) {
    lot.bids.push({ bidder, amount: limit, kind }, { bidder: lot.leader, amount: answer, kind: 'automatic' })
    return 'outbid'
  }
  lot.bids.push({ bidder: lot.leader, amount: limit, kind: 'automatic', covered: bidder })
  return 'BID_COVERED'
}
