import { eq, sql } from 'drizzle-orm'
import type { Db } from '../../../src/db/client.ts'
import { type Bid, listBids } from '../../../src/modules/auctions/bid-repo.ts'
import { auctionBidRequests } from '../../../src/modules/auctions/bidder-table.ts'
import { bidText } from '../../../src/modules/auctions/domain/chain.ts'
import { sha256 } from '../../../src/modules/auctions/hashing.ts'
import { findBook, type Lot } from '../../../src/modules/auctions/lot-repo.ts'
import { toAuditedBid } from '../../../src/modules/auctions/read-audit.ts'
import type { Attempt } from './bidding.ts'

/** What must hold of a lot whatever died while bids came; each fault in words, none when all is well. */
export async function faultsOf(db: Db, lot: Lot, history: readonly Attempt[]): Promise<string[]> {
  const bids = await listBids(db, lot.id)
  const requests = await db.select().from(auctionBidRequests).where(eq(auctionBidRequests.lotId, lot.id))
  const taken = new Map(history.filter(({ isTaken }) => isTaken).map((one) => [one.key, one]))
  const ghosts = requests.filter(({ key }) => !taken.has(key)).map(({ key }) => `nobody was told of ${key}`)
  const stored = new Set(requests.map(({ key }) => key))
  const lost = [...taken.values()].flatMap((one) =>
    stored.has(one.key) && isIn(bids, one) ? [] : [`${one.key} is lost`],
  )
  const due = requests.filter(({ outcome }) => outcome !== 'raised').length
  const facts = await countFacts(db, lot)
  return [
    ...ghosts,
    ...lost,
    ...(facts === due ? [] : [`${due} requests moved the price, ${facts} facts say so`]),
    ...chainFaults(bids, lot),
    ...(await bookFaults(db, lot, bids)),
  ]
}

/** A bid that was acknowledged with number and amount stands there. A covered one is the leader's, told without a number. */
function isIn(bids: readonly Bid[], { answer }: Attempt): boolean {
  const { seq, amountFen, bidderNumber, outcome } = answer
  if (seq === undefined || outcome === 'raised') return true
  const bid = bids[seq - 1]
  return bid?.seq === seq && bid.amountFen === amountFen && bid.bidderNumber === bidderNumber
}

function chainFaults(bids: readonly Bid[], { termsHash }: Lot): string[] {
  return bids.map(toAuditedBid).flatMap((bid, i, all) => {
    const before = all[i - 1]
    const checks = {
      gap: bid.seq === i + 1,
      'not rising': bid.amountFen > (before?.amountFen ?? 0),
      'other predecessor': bid.previousHash === (before?.hash ?? termsHash),
      'other content': sha256(bidText(bid.previousHash, bid)) === bid.hash,
    }
    return Object.entries(checks).flatMap(([fault, isMet]) => (isMet ? [] : [`bid ${i + 1}: ${fault}`]))
  })
}

async function bookFaults(db: Db, lot: Lot, bids: readonly Bid[]): Promise<string[]> {
  const book = await findBook(db, lot.id)
  const last = bids.at(-1)
  const isSame =
    book?.seq === bids.length &&
    book.priceFen === (last?.amountFen ?? null) &&
    book.lastHash === (last?.hash ?? lot.termsHash)
  return isSame && book.leaderNumber === (last?.bidderNumber ?? null) ? [] : ['the book is not that of the last bid']
}

async function countFacts(db: Db, lot: Lot): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from outbox_events where type = 'auction.bid_accepted' and data->>'lotId' = ${lot.id}`,
  )
  return rows[0]?.count ?? 0
}
