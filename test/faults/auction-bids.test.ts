import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Attempt, bidAll, seededRandom } from './auctions/bidding.ts'
import { startLosingProxy } from './auctions/losing-proxy.ts'
import { faultsOf } from './auctions/soundness.ts'
import { type Api, type AuctionStage, openAuctionStage } from './auctions/stage.ts'
import { sized } from './size.ts'

/** API servers are killed after so many ms, from the least to the most; the short form has no time for seconds. */
const size = sized({
  long: { bidders: 200, attempts: 10_000, kills: 4, apis: 3, apiKills: 8, apiLivesMs: [2_000, 5_000] },
  short: { bidders: 24, attempts: 800, kills: 2, apis: 2, apiKills: 2, apiLivesMs: [500, 500] },
})
/** Of a request, 99 times of 100, while servers die (FT-3). */
const p99Ms = 3_000
const seed = 20_241_111
let stage: AuctionStage
let apis: Api[]

beforeAll(async () => {
  stage = await openAuctionStage(size.bidders)
  apis = await Promise.all(Array.from({ length: size.apis }, () => stage.startApi()))
})

afterAll(() => stage?.close())

it('FT-2: replies lost after the commit: the same key gets the same bid', async () => {
  const lot = await stage.openLot()
  const random = seededRandom(seed)
  const proxies = await Promise.all(apis.map(({ origin }) => startLosingProxy(origin, () => random() < 0.05)))
  const history = await bid(lot, { originFor: turnsOf(proxies), isOver: (attempts) => attempts >= size.attempts })
  const lost = proxies.reduce((sum, proxy) => sum + proxy.lost(), 0)
  for (const proxy of proxies) await proxy.close()
  expect(await faultsOf(stage.database.db, lot, history)).toEqual([])
  expect(lost).toBeGreaterThan(size.attempts * 0.02)
  expect(history.filter(({ tries }) => tries > 1).length).toBeGreaterThan(0)
  // Of the lost answers, those to bids that were taken come back as replays.
  expect(history.some(({ isReplay }) => isReplay)).toBe(true)
})

it('FT-1: kill -9 of the database: no acknowledged bid is lost, none appears that nobody was told of', async () => {
  const lot = await stage.openLot()
  let areKilled = false
  const killing = (async () => {
    const recoveries: number[] = []
    for (let kill = 0; kill < size.kills; kill += 1) {
      await sleep(500)
      recoveries.push(await stage.killDatabase())
    }
    await sleep(300)
    areKilled = true
    return recoveries
  })()
  const history = await bid(lot, { isOver: (attempts) => areKilled && attempts >= size.attempts })
  const recoveries = await killing
  process.stdout.write(`FT-1: ${summary(history)}; recovery ${recoveries.map(Math.round).join(', ')} ms\n`)
  expect(await faultsOf(stage.database.db, lot, history)).toEqual([])
  expect(history.filter(({ tries }) => tries > 1).length).toBeGreaterThan(0)
})

it('FT-3: kill -9 of API processes: another takes over within seconds', async () => {
  const lot = await stage.openLot()
  const random = seededRandom(seed)
  const [least = 0, most = least] = size.apiLivesMs
  let areKilled = false
  const killing = (async () => {
    for (let kill = 0; kill < size.apiKills; kill += 1) {
      await sleep(least + random() * (most - least))
      const index = kill % apis.length
      await apis[index]?.kill()
      apis.splice(index, 1, await stage.startApi())
    }
    areKilled = true
  })()
  const history = await bid(lot, { isOver: (attempts) => areKilled && attempts >= size.attempts })
  await killing
  process.stdout.write(`FT-3: ${summary(history)}\n`)
  expect(await faultsOf(stage.database.db, lot, history)).toEqual([])
  expect(history.filter(({ tries }) => tries > 1).length).toBeGreaterThan(0)
  expect(slowest(history, 0.99), 'p99 of all requests, in ms').toBeLessThan(p99Ms)
})

type Lot = Awaited<ReturnType<AuctionStage['openLot']>>
type Course = { originFor?: (turn: number) => string; isOver(attempts: number): boolean }

function bid(lot: Lot, course: Course): Promise<Attempt[]> {
  const { id: lotId, startFen } = lot
  return bidAll({
    lotId,
    startFen,
    bidders: stage.bidders,
    originFor: turnsOf(apis),
    random: seededRandom(seed),
    ...course,
  })
}

/** Each request goes to the next server, and a repeat so to another one. */
function turnsOf(servers: readonly { origin: string }[]): () => string {
  let turn = 0
  return () => servers[turn++ % servers.length]?.origin ?? ''
}

function slowest(history: readonly Attempt[], share: number): number {
  const times = history.map(({ ms }) => ms).sort((a, b) => a - b)
  return times[Math.ceil(share * times.length) - 1] ?? 0
}

function summary(history: readonly Attempt[]): string {
  const taken = history.filter(({ isTaken }) => isTaken).length
  const repeated = history.filter(({ tries }) => tries > 1).length
  const times = `p50 ${Math.round(slowest(history, 0.5))} ms, p99 ${Math.round(slowest(history, 0.99))} ms`
  return `${history.length} attempts, ${taken} taken, ${repeated} repeated, ${times}`
}
