import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import type { AppError } from '../../../src/kernel/errors.ts'
import { listBids } from '../../../src/modules/auctions/bid-repo.ts'
import { bidText } from '../../../src/modules/auctions/domain/chain.ts'
import { sha256 } from '../../../src/modules/auctions/hashing.ts'
import { findBook } from '../../../src/modules/auctions/lot-repo.ts'
import { toAuditedBid } from '../../../src/modules/auctions/read-audit.ts'
import { useTestDatabase } from '../../support/db.ts'
import { type AuctionScene, admit, bid, givenAuction } from './given-auction.ts'
import { type ModelLot, type ModelRequest, request } from './model.ts'

const database = useTestDatabase()
const yuan = 100
let scene: AuctionScene
let bidders: Awaited<ReturnType<AuctionScene['bidder']>>['principal'][]

beforeAll(async () => {
  scene = await givenAuction(database.db)
  bidders = [await scene.made.organisation(), await scene.made.organisation(), await scene.made.organisation()]
})

const requests = fc.array(
  fc.record({
    bidder: fc.nat(2),
    limit: fc.integer({ min: 90, max: 640 }).map((tens) => tens * 10 * yuan),
    isMaximum: fc.boolean(),
  }),
  { minLength: 1, maxLength: 25 },
)

it('any order of bids and maximums ends as the model says, answer by answer and bid by bid', async () => {
  await fc.assert(
    fc.asyncProperty(requests, async (sent) => {
      const { lot } = await scene.newLot()
      const { operator, deps } = scene
      const admitted = await Promise.all(
        bidders.map((principal) => admit(deps, { principal, operator, lotId: lot.id })),
      )
      const numbers = admitted.map(({ number }) => number)
      const model: ModelLot = { startFen: lot.startFen, ladder: lot.ladder, bids: [], reach: 0 }
      for (const one of sent) expect(await answerOf(one, lot.id), JSON.stringify(sent)).toBe(request(model, one))
      const bids = await listBids(database.db, lot.id)
      expect(
        bids.map(({ bidderNumber, amountFen: amount, kind, coveredNumber }) => ({
          ...{ bidder: numbers.indexOf(bidderNumber), amount, kind },
          ...(coveredNumber !== null && { covered: numbers.indexOf(coveredNumber) }),
        })),
      ).toEqual(model.bids)
      const chain = bids.map(toAuditedBid)
      expect(chain.every((link) => sha256(bidText(link.previousHash, link)) === link.hash)).toBe(true)
      const book = await findBook(database.db, lot.id)
      expect(book).toMatchObject({ seq: bids.length, lastHash: chain.at(-1)?.hash ?? lot.termsHash })
      expect(book?.leaderMaxFen ?? 0).toBe(model.reach)
    }),
    { numRuns: 15 },
  )
}, 60_000)

async function answerOf({ bidder, limit, isMaximum }: ModelRequest, lotId: AuctionScene['lot']['id']) {
  const principal = bidders[bidder]
  if (principal === undefined) throw new Error(`there is no bidder ${bidder}`)
  return bid(database.db, principal, lotId, limit, isMaximum).then(
    ({ outcome }) => outcome as string,
    ({ code }: AppError) => code as string,
  )
}

it('two hundred bids at the same moment leave one strictly rising chain without gaps', async () => {
  const { lot } = await scene.newLot()
  const { operator, deps } = scene
  for (const principal of bidders) await admit(deps, { principal, operator, lotId: lot.id })
  const attempts = Array.from({ length: 200 }, (_, i) => {
    const principal = bidders[i % bidders.length] ?? operator
    return bid(database.db, principal, lot.id, (1_000 + (i % 67) * 100) * yuan, i % 5 === 0)
  })
  const answers = await Promise.allSettled(attempts)
  const taken = answers.flatMap((one) =>
    one.status === 'fulfilled' && one.value.outcome !== 'raised' ? [one.value] : [],
  )
  const bids = await listBids(database.db, lot.id)
  expect(bids.map(({ seq }) => seq)).toEqual(bids.map((_, i) => i + 1))
  expect(bids.every((one, i) => i === 0 || one.amountFen > (bids[i - 1]?.amountFen ?? 0))).toBe(true)
  expect(taken.length).toBeGreaterThan(0)
  for (const { seq, amountFen } of taken) expect(bids[seq - 1]?.amountFen).toBe(amountFen)
  const { rows } = await database.pool.query<{ facts: number; requests: number }>(
    `select (select count(*)::int from outbox_events where type = 'auction.bid_accepted' and data->>'lotId' = $1) as facts,
      (select count(*)::int from auction_bid_requests where lot_id = $2 and outcome <> 'raised') as requests`,
    [
      lot.id,
      (await database.pool.query('select lot_id from auction_bids where hash = $1', [bids[0]?.hash])).rows[0]?.lot_id,
    ],
  )
  expect(rows[0]?.facts).toBe(rows[0]?.requests)
})
