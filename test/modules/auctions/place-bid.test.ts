import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.ts'
import { listBids } from '../../../src/modules/auctions/bid-repo.ts'
import { findBook } from '../../../src/modules/auctions/lot-repo.ts'
import { placeBid } from '../../../src/modules/auctions/place-bid.ts'
import { useTestDatabase } from '../../support/db.ts'
import { admitBidders, type Bidder, insertBidders } from '../../support/given-bidders.ts'
import { type AuctionScene, bid, endNow, givenAuction, live } from './given-auction.ts'

const database = useTestDatabase()
const yuan = 100
let scene: AuctionScene
let lot: AuctionScene['lot']
let a: Bidder
let b: Bidder
const numbers = [101, 102]

beforeAll(async () => {
  scene = await givenAuction(database.db)
  ;[a, b] = (await insertBidders(database.db, 2)) as [Bidder, Bidder]
})

/** A lot for each test, of the same seller and with the same bidders. */
beforeEach(async () => {
  lot = (await scene.newLot({}, scene.seller)).lot
  await admitBidders(database.db, [lot.id], [a, b])
})

const placed = async () =>
  (await listBids(database.db, lot.id)).map((one) => [one.seq, one.bidderNumber, one.amountFen / yuan, one.kind])

describe('a bid by hand', () => {
  it('takes the lead at the start price or above, then an increment above the price', async () => {
    const first = await bid(database.db, a, lot.id, 1_000 * yuan)
    expect(first).toMatchObject({ outcome: 'leading', seq: 1, priceFen: 1_000 * yuan, leastFen: 1_100 * yuan })
    await bid(database.db, b, lot.id, 5_000 * yuan)
    expect(await placed()).toEqual([
      [1, numbers[0], 1_000, 'manual'],
      [2, numbers[1], 5_000, 'manual'],
    ])
    expect(await findBook(database.db, lot.id)).toMatchObject({ seq: 2, leastFen: 5_500 * yuan })
  })

  it.each([
    ['below the start price', 999, 'BID_BELOW_STEP'],
    ['of the leader itself', 1_500, 'BID_OWN_LEAD'],
  ] as const)('%s is refused and changes nothing', async (what, amount, code) => {
    if (what.startsWith('of')) await bid(database.db, a, lot.id, 1_000 * yuan)
    const before = await placed()
    await expect(bid(database.db, a, lot.id, amount * yuan)).rejects.toMatchObject({ code })
    expect(await placed()).toEqual(before)
  })

  it('of somebody who is not admitted, or related to the seller, is refused', async () => {
    const stranger = await scene.made.organisation()
    await expect(bid(database.db, stranger, lot.id, 1e6)).rejects.toMatchObject({ code: 'BIDDER_NOT_ADMITTED' })
    await expect(bid(database.db, scene.seller, lot.id, 1e6)).rejects.toMatchObject({
      code: 'CONFLICT_OF_INTEREST',
    })
  })

  it('before the opening or after the end is refused', async () => {
    await endNow(database.db, lot.id)
    await expect(bid(database.db, a, lot.id, 1e6)).rejects.toMatchObject({ code: 'BIDDING_CLOSED' })
    await database.pool.query(
      "update auction_books set opens_at = clock_timestamp() + interval '1 hour' where last_hash = $1",
      [lot.termsHash],
    )
    await expect(bid(database.db, a, lot.id, 1e6)).rejects.toMatchObject({ code: 'BIDDING_NOT_OPEN' })
    expect(await placed()).toEqual([])
  })
})

describe('a key', () => {
  it('gets the same answer again, and only for the same amount', async () => {
    const request = { lotId: lot.id, limitFen: 1_000 * yuan, isMaximum: false, key: newId('event') }
    const first = await placeBid({ db: database.db, live }, a, request)
    await bid(database.db, b, lot.id, 1_100 * yuan)
    expect(await placeBid({ db: database.db, live }, a, request)).toEqual({ ...first, isReplay: true })
    const other = { ...request, limitFen: 2_000 * yuan }
    await expect(placeBid({ db: database.db, live }, a, other)).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    })
    expect(await placed()).toHaveLength(2)
  })

  it('sent forty times at once makes one bid', async () => {
    const request = { lotId: lot.id, limitFen: 1_000 * yuan, isMaximum: false, key: newId('event') }
    const answers = await Promise.all(Array.from({ length: 40 }, () => placeBid({ db: database.db, live }, a, request)))
    expect(new Set(answers.map(({ seq, at }) => `${seq} ${at.toISOString()}`)).size).toBe(1)
    expect(answers.filter(({ isReplay }) => !isReplay)).toHaveLength(1)
    expect(await placed()).toHaveLength(1)
  })
})

describe('a maximum', () => {
  it('opens at the least amount and answers others up to its reach', async () => {
    await bid(database.db, a, lot.id, 3_000 * yuan, true)
    const second = await bid(database.db, b, lot.id, 1_500 * yuan)
    expect(second).toMatchObject({ outcome: 'outbid', seq: 2, amountFen: 1_500 * yuan, priceFen: 1_600 * yuan })
    expect(await placed()).toEqual([
      [1, numbers[0], 1_000, 'automatic'],
      [2, numbers[1], 1_500, 'manual'],
      [3, numbers[0], 1_600, 'automatic'],
    ])
  })

  it('comes first at equal reach, and the later bidder is told', async () => {
    await bid(database.db, a, lot.id, 3_000 * yuan, true)
    const details = { leastFen: 3_100 * yuan, priceFen: 3_000 * yuan }
    const key = newId('event')
    const again = () =>
      placeBid({ db: database.db, live }, b, { lotId: lot.id, limitFen: 3_000 * yuan, isMaximum: true, key })
    await expect(again()).rejects.toMatchObject({ code: 'BID_COVERED', details })
    await expect(again()).rejects.toMatchObject({ code: 'BID_COVERED', details })
    expect(await placed()).toEqual([
      [1, numbers[0], 1_000, 'automatic'],
      [2, numbers[0], 3_000, 'automatic'],
    ])
  })

  it('of the higher reach leads one increment above the lower', async () => {
    await bid(database.db, a, lot.id, 3_000 * yuan, true)
    const second = await bid(database.db, b, lot.id, 4_000 * yuan, true)
    expect(second).toMatchObject({ outcome: 'leading', priceFen: 3_100 * yuan })
  })

  it('can be raised by the leader without touching the price', async () => {
    await bid(database.db, a, lot.id, 2_000 * yuan, true)
    expect(await bid(database.db, a, lot.id, 3_000 * yuan, true)).toMatchObject({
      ...{ outcome: 'raised', priceFen: 1_000 * yuan, seq: 1 },
    })
    await expect(bid(database.db, a, lot.id, 2_500 * yuan, true)).rejects.toMatchObject({ code: 'BID_OWN_LEAD' })
    expect(await bid(database.db, b, lot.id, 2_500 * yuan)).toMatchObject({ outcome: 'outbid' })
  })
})

it('bids, answers and deposits can be neither changed nor deleted', async () => {
  await scene.bidder(lot.id)
  await bid(database.db, a, lot.id, 1_000 * yuan)
  for (const table of ['auction_bids', 'auction_bid_requests', 'auction_deposit_entries']) {
    await expect(database.pool.query(`delete from ${table}`)).rejects.toThrow(/append-only/)
    await expect(database.pool.query(`update ${table} set at = at`)).rejects.toThrow(/append-only/)
  }
})
