import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { admitBidders, type Bidder, insertBidders } from '../../support/given-bidders.ts'
import { useHarness } from '../../support/harness.ts'
import { type AuctionScene, endNow, givenAuction } from './given-auction.ts'

const h = useHarness()
const yuan = 100
const usedKey = newId('event')
const told = new Set<string>()
let scene: AuctionScene
let a: Bidder
let b: Bidder
let stranger: Principal
let related: Principal
let lots: Record<'open' | 'early' | 'late', AuctionScene['lot']>

beforeAll(async () => {
  scene = await givenAuction(h.database.db)
  ;[a, b] = (await insertBidders(h.database.db, 2)) as [Bidder, Bidder]
  stranger = await scene.made.organisation()
  related = await scene.made.organisation()
  const lot = async () => (await scene.newLot({ relatedOrganisationIds: [related.orgId] }, scene.seller)).lot
  lots = { open: await lot(), early: await lot(), late: await lot() }
  await admitBidders(
    h.database.db,
    Object.values(lots).map(({ id }) => id),
    [a, b],
  )
  const setBack = "update auction_books set opens_at = clock_timestamp() + interval '1 hour' where last_hash = $1"
  await h.database.pool.query(setBack, [lots.early.termsHash])
  await endNow(h.database.db, lots.late.id)
  const first = { headers: { 'idempotency-key': usedKey } }
  const taken = await (await h.as(a)).post(`/v1/auctions/${lots.open.id}/bids`, { amountFen: 1_000 * yuan }, first)
  expect(taken.statusCode).toBe(201)
})

/** Everything that a bid could have touched. */
const trace = async () => {
  const query = `select (select jsonb_agg(b order by lot_id) from auction_books b) as books,
    (select count(*) from auction_bids) as bids, (select count(*) from auction_bid_requests) as requests,
    (select count(*) from outbox_events where type = 'auction.bid_accepted') as facts`
  return (await h.database.pool.query(query)).rows
}

const good = { amountFen: 2_000 * yuan }
type Bad = { on?: keyof typeof lots; by?: () => Principal; body?: object; key?: string }

it.each<[string, Bad, status: number, code: string]>([
  ['before the opening', { on: 'early' }, 409, 'BIDDING_NOT_OPEN'],
  ['after the end', { on: 'late' }, 409, 'BIDDING_CLOSED'],
  ['of an organisation that is not registered', { by: () => stranger }, 403, 'BIDDER_NOT_ADMITTED'],
  ['of the seller’s relation', { by: () => related }, 409, 'CONFLICT_OF_INTEREST'],
  ['below the next step', { body: { amountFen: 1_099 * yuan } }, 409, 'BID_BELOW_STEP'],
  ['of the leader', { by: () => a }, 409, 'BID_OWN_LEAD'],
  ['of a part of a fen', { body: { amountFen: 200_000.5 } }, 400, 'not_integer'],
  ['above the safe integers', { body: { amountFen: 2 ** 53 } }, 400, 'above_safe_integer'],
  ['in another currency', { body: { ...good, currency: 'USD' } }, 400, 'other_currency'],
  ['under a used key with another amount', { by: () => a, key: usedKey }, 422, 'IDEMPOTENCY_KEY_REUSED'],
])('a bid %s is refused under a code of its own and changes nothing', async (_what, bad, status, code) => {
  const { on = 'open', by = () => b, body = good, key = newId('event') } = bad
  const before = await trace()
  const client = await h.as(by())
  const answer = await client.post(`/v1/auctions/${lots[on].id}/bids`, body, { headers: { 'idempotency-key': key } })
  const problem = answer.json()
  expect([answer.statusCode, problem.errors?.[0]?.code ?? problem.code]).toEqual([status, code])
  expect(await trace()).toEqual(before)
  told.add(code)
})

afterAll(() => expect(told.size).toBe(10))
