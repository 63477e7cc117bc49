import { beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { openDatabase } from '../../../src/db/client.ts'
import { idToUuid, newId } from '../../../src/kernel/ids.ts'
import { judgeBid } from '../../../src/modules/auctions/bid-desk.ts'
import { silentLog, useTestDatabase } from '../../support/db.ts'
import { admitBidders, type Bidder, insertBidders } from '../../support/given-bidders.ts'
import { type AuctionScene, givenAuction } from './given-auction.ts'

const database = useTestDatabase()
const yuan = 100
let scene: AuctionScene
let bidders: Bidder[]
let lot: AuctionScene['lot']

beforeAll(async () => {
  scene = await givenAuction(database.db)
  bidders = await insertBidders(database.db, 20)
})

beforeEach(async () => {
  lot = await openLot()
})

async function openLot() {
  const { lot: made } = await scene.newLot({}, scene.seller)
  await admitBidders(database.db, [made.id], bidders)
  return made
}

const attempt = (index: number, amountYuan: number, lotId = lot.id) => {
  const orgId = (bidders[index % bidders.length] as Bidder).orgId
  return { lotId, orgId, key: newId('event'), limitFen: amountYuan * yuan, isMaximum: false }
}

/** Until some statement waits for a lock that another transaction holds. */
const untilSomebodyWaits = () =>
  expect
    .poll(
      async () => (await database.pool.query("select 1 from pg_stat_activity where wait_event_type = 'Lock'")).rowCount,
    )
    .toBeGreaterThan(0)

it('asks the database a few times for two hundred attempts, of which each gets its own answer', async () => {
  await judgeBid(database.db, attempt(0, 5_000))
  const query = vi.spyOn(database.pool, 'query')
  const sent = Array.from({ length: 200 }, (_, i) => judgeBid(database.db, attempt(i, i === 150 ? 6_000 : 1_000)))
  const answers = await Promise.allSettled(sent)
  const statements = query.mock.calls.length
  query.mockRestore()
  expect(statements).toBeLessThanOrEqual(6)
  expect(answers.flatMap((one, i) => (one.status === 'fulfilled' ? [i] : []))).toEqual([150])
  const codes = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
  expect(new Set(codes)).toEqual(new Set(['BID_BELOW_STEP', 'BID_OWN_LEAD']))
})

it('takes those who may succeed in the order in which they came', async () => {
  const sent = [1_000, 1_050, 1_200, 1_250, 1_500].map((amount, i) => judgeBid(database.db, attempt(i, amount)))
  const answers = await Promise.allSettled(sent)
  const taken = answers.map((one) => (one.status === 'fulfilled' && 'taken' in one.value ? one.value.taken.seq : null))
  expect(taken).toEqual([1, null, 2, null, 3])
})

it('does not let one lot wait for another', async () => {
  const other = await openLot()
  const holder = await database.pool.connect()
  await holder.query('begin')
  await holder.query('select 1 from auction_books where lot_id = $1 for update', [idToUuid(lot.id)])
  const held = judgeBid(database.db, attempt(0, 1_000))
  await untilSomebodyWaits()
  expect(await judgeBid(database.db, attempt(1, 1_000, other.id))).toMatchObject({ taken: { seq: 1 } })
  await holder.query('rollback')
  holder.release()
  expect(await held).toMatchObject({ taken: { seq: 1 } })
})

it('lets who seems late ask under the lock, because a bid that is not committed yet may extend the end', async () => {
  const endIn = 'update auction_books set ends_at = clock_timestamp() + $2::interval where lot_id = $1'
  const uuid = idToUuid(lot.id)
  await database.pool.query(endIn, [uuid, '0'])
  const holder = await database.pool.connect()
  await holder.query('begin')
  await holder.query(endIn, [uuid, '1 minute'])
  const late = judgeBid(database.db, attempt(0, 1_000))
  await untilSomebodyWaits()
  await holder.query('commit')
  holder.release()
  expect(await late).toMatchObject({ taken: { seq: 1 } })
  await database.pool.query(endIn, [uuid, '0'])
  await expect(judgeBid(database.db, attempt(1, 9_000))).rejects.toMatchObject({ code: 'BIDDING_CLOSED' })
})

it('tells a failure to all who waited, and serves who comes next', async () => {
  const limits = { poolSize: 2, statementTimeoutMs: 1_000, acquireTimeoutMs: 1_000, applicationName: 'broken' }
  const broken = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none', ...limits }, silentLog)
  for (const round of [1, 2]) {
    const answers = await Promise.allSettled(
      Array.from({ length: 5 }, (_, i) => judgeBid(broken.db, attempt(i, 1_000))),
    )
    expect(answers.map(({ status }) => `${round} ${status}`)).toEqual(Array(5).fill(`${round} rejected`))
  }
  await broken.close()
  const nowhere = { ...attempt(0, 1_000), lotId: newId('auction') }
  await expect(judgeBid(database.db, nowhere)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
