import type { AddressInfo } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Id, newId } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { verifyAudit } from '../../../src/modules/auctions/domain/verify-audit.ts'
import { sha256 } from '../../../src/modules/auctions/hashing.ts'
import { openEventStream } from '../../support/event-stream.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem } from '../../support/http.ts'
import { type AuctionScene, admit, aLot, endNow, givenAuction, shorten } from './given-auction.ts'

const h = useHarness()
const yuan = 100
let scene: AuctionScene
let a: Principal
let b: Principal

let origin = ''

beforeAll(async () => {
  await h.app.listen({ port: 0, host: '127.0.0.1' })
  origin = `http://127.0.0.1:${(h.app.server.address() as AddressInfo).port}`
  scene = await givenAuction(h.database.db)
  a = await scene.made.organisation()
  b = await scene.made.organisation()
})

async function givenLot() {
  const { lot, seller } = await scene.newLot()
  const { operator, deps } = scene
  const numbers = []
  for (const principal of [a, b]) {
    numbers.push((await admit(deps, { principal, operator, lotId: lot.id })).number)
  }
  return { lot, seller, url: `/v1/auctions/${lot.id}`, numbers }
}

const keyed = (key: string = newId('event')) => ({ headers: { 'idempotency-key': key } })

describe('POST /v1/auctions/{id}/bids', () => {
  it('answers 201, and a repeat of the key with the same answer', async () => {
    const { url, numbers } = await givenLot()
    const client = await h.as(a)
    const key = keyed()
    const first = await client.post(`${url}/bids`, { amountFen: 1_000 * yuan }, key)
    expect([first.statusCode, first.json()]).toMatchObject([
      201,
      { outcome: 'leading', seq: 1, bidderNumber: numbers[0], leastFen: 1_100 * yuan },
    ])
    const again = await client.post(`${url}/bids`, { amountFen: 1_000 * yuan }, key)
    expect([again.statusCode, again.json(), again.headers['idempotency-replayed']]).toEqual([201, first.json(), 'true'])
    expectProblem(await client.post(`${url}/bids`, { amountFen: 9_000 * yuan }, key), 'IDEMPOTENCY_KEY_REUSED')
  })

  it.each([
    [{ amountFen: 1.5 }, 'not_integer'],
    [{ amountFen: 9_007_199_254_740_992 }, 'above_safe_integer'],
    [{ amountFen: 0 }, 'not_positive'],
    [{ amountFen: 100_000, currency: 'USD' }, 'other_currency'],
    [{ amountFen: 100_000, maximumFen: 200_000 }, 'custom'],
    [{ amountFen: '100000' }, 'invalid_type'],
  ])('refuses %j with %s and changes nothing', async (body, code) => {
    const { url, lot } = await givenLot()
    const problem = expectProblem(await (await h.as(a)).post(`${url}/bids`, body, keyed()), 'VALIDATION_FAILED')
    expect(problem.errors?.map((error) => error.code)).toEqual([code])
    const { rows } = await h.database.pool.query('select seq from auction_books where last_hash = $1', [lot.termsHash])
    expect(rows).toEqual([{ seq: 0 }])
  })

  it('refuses a missing key, strangers, the seller, and what is not there', async () => {
    const { url, seller } = await givenLot()
    const body = { amountFen: 1_000 * yuan }
    expectProblem(await (await h.as(a)).post(`${url}/bids`, body), 'IDEMPOTENCY_KEY_REQUIRED')
    expectProblem(await h.client.post(`${url}/bids`, body, keyed()), 'UNAUTHENTICATED')
    expectProblem(await (await h.as('owner')).post(`${url}/bids`, body, keyed()), 'BIDDER_NOT_ADMITTED')
    expectProblem(await (await h.as(seller)).post(`${url}/bids`, body, keyed()), 'CONFLICT_OF_INTEREST')
    expectProblem(await (await h.as(a)).post(`/v1/auctions/${newId('auction')}/bids`, body, keyed()), 'NOT_FOUND')
  })

  it('shows a maximum to its bidder alone', async () => {
    const { url } = await givenLot()
    const [one, other] = [await h.as(a), await h.as(b)]
    await one.post(`${url}/bids`, { maximumFen: 3_141 * yuan }, keyed())
    expect((await one.get(url)).json().you).toMatchObject({ leads: true, maximumFen: 3_141 * yuan })
    for (const client of [h.client, other, await h.as(scene.operator)]) {
      for (const path of [url, `${url}/bids`, `${url}/registrations`]) {
        expect((await client.get(path)).body).not.toContain(String(3_141 * yuan))
      }
    }
  })
})

describe('a lot', () => {
  it('is drafted by its seller, announced by the operator, and never tells its reserve before the close', async () => {
    const supply = await scene.made.publishedSupply({ cooperationModes: ['assignment'] })
    const secret = 1_234_567
    const soon = { opensAt: '2027-11-20T00:00:00.000Z', endsAt: '2027-11-22T00:00:00.000Z' }
    const ids = { sessionId: scene.session.id, supplyId: supply.listing.id as Id<'supply'> }
    const body = aLot({ ...ids, ...soon, valuedOn: '2026-11-01', reserveFen: secret })
    const seller = await h.as(supply.owner)
    const drafted = await seller.post('/v1/auctions', body)
    expect([drafted.statusCode, drafted.json().state]).toEqual([201, 'draft'])
    const url = `/v1/auctions/${drafted.json().id}`
    expectProblem(await h.client.get(url), 'NOT_FOUND')
    expectProblem(await seller.post('/v1/auctions', body), 'ALREADY_EXISTS')
    expectProblem(await seller.post(`${url}/announce`), 'FORBIDDEN')
    const operator = await h.as(scene.operator)
    const announced = await operator.post(`${url}/announce`)
    expect(announced.json()).toMatchObject({ state: 'announced', rulesVersion: 'general-2017' })
    for (const client of [seller, operator, h.client]) {
      expect((await client.get(url)).body).not.toContain(String(secret))
    }
    expectProblem(await h.client.get(`${url}/audit`), 'AUCTION_NOT_CLOSED')
    const stored = await h.database.pool.query('select to_jsonb(l)::text as row from auction_lots l')
    expect(stored.rows.some(({ row }) => row.includes(String(secret)))).toBe(false)
  })

  it('is not announced on terms that break the rules, which are all named', async () => {
    const supply = await scene.made.publishedSupply({ cooperationModes: ['assignment'] })
    const ids = { sessionId: scene.session.id, supplyId: supply.listing.id as Id<'supply'> }
    const drafted = await (await h.as(supply.owner)).post(
      '/v1/auctions',
      aLot({ ...ids, startFen: 700 * yuan, depositFen: 1 }),
    )
    const operator = await h.as(scene.operator)
    const problem = expectProblem(
      await operator.post(`/v1/auctions/${drafted.json().id}/announce`),
      'AUCTION_TERMS_REFUSED',
    )
    expect((problem.faults as { rule: string }[]).map(({ rule }) => rule)).toEqual(['deposit_share', 'start_share'])
    const removal = { headers: { 'if-match': drafted.headers.etag as string } }
    expect((await operator.delete(`/v1/auctions/${drafted.json().id}`, undefined, removal)).statusCode).toBe(204)
  })

  it('shows bidders as numbers, to the seller and other bidders, too', async () => {
    const { url, seller, numbers } = await givenLot()
    const one = await h.as(a)
    await one.post(`${url}/bids`, { amountFen: 1_000 * yuan }, keyed())
    for (const client of [h.client, await h.as(seller), await h.as(b)]) {
      const { body, ...answer } = await client.get(url)
      expect(answer.statusCode).toBe(200)
      expect(JSON.parse(body).leaderNumber).toBe(numbers[0])
      expect(body).not.toContain(a.orgId)
      expect((await client.get(`${url}/bids`)).body).not.toContain(a.orgId)
    }
    const own = (await one.get(`${url}/registrations`)).json().data
    expect(own.map((registration: { bidderNumber: number }) => registration.bidderNumber)).toEqual([numbers[0]])
    expect((await (await h.as(scene.operator)).get(`${url}/registrations`)).json().data).toHaveLength(2)
    const ledger = `/v1/auction-registrations/${own[0].id}/deposit`
    expect((await one.get(ledger)).json().data.map((entry: { amountFen: number }) => entry.amountFen)).toEqual([
      -100 * yuan,
      100 * yuan,
    ])
    expectProblem(await (await h.as(b)).get(ledger), 'NOT_FOUND')
  })

  it('closes when it is read after its end; its record verifies, and everybody concerned is told', async () => {
    const { url, lot, seller } = await givenLot()
    await shorten(h.database.db, lot.id, { endsInMs: 400, softCloseMs: 1 })
    await (await h.as(a)).post(`${url}/bids`, { amountFen: 2_000 * yuan }, keyed())
    await (await h.as(b)).post(`${url}/bids`, { amountFen: 2_500 * yuan }, keyed())
    await h.drain()
    await expect.poll(async () => (await h.client.get(url)).json().state, { interval: 50 }).toBe('closed')
    const closed = (await h.client.get(url)).json()
    expect(closed).toMatchObject({ outcome: 'sold', reserve: { reserveFen: 2_000 * yuan }, award: { yours: false } })
    expect(verifyAudit((await h.client.get(`${url}/audit`)).json(), sha256)).toEqual([])
    await h.drain()
    const kinds = async (who: Principal) =>
      (await (await h.as(who)).get('/v1/notifications'))
        .json()
        .data.filter((one: { params?: { lotId?: string }; body: { zh: string } }) => one.body.zh.includes(lot.title))
        .map((one: { kind: string }) => one.kind)
    expect(await kinds(a)).toEqual(expect.arrayContaining(['auction.closed', 'auction.outbid']))
    expect(await kinds(b)).toEqual(expect.arrayContaining(['auction.closed', 'auction.won']))
    expect(await kinds(seller)).toContain('auction.closed')
  })
})

describe('GET /v1/auctions/{id}/stream', () => {
  it('tells every bid and the close, resumes without a gap, and ends', async () => {
    const { url, lot, numbers } = await givenLot()
    const address = `${origin}${url}/stream`
    const stream = await openEventStream(address)
    const [ready] = await stream.until('ready')
    expect(ready?.data).toMatchObject({ seq: 0, state: 'open', leastFen: 1_000 * yuan })
    const [one, other] = [await h.as(a), await h.as(b)]
    await one.post(`${url}/bids`, { maximumFen: 2_000 * yuan }, keyed())
    await other.post(`${url}/bids`, { amountFen: 1_500 * yuan }, keyed())
    await stream.until('bid', 3)
    expect(stream.ids('bid')).toEqual([1, 2, 3])
    stream.close()
    const resumed = await openEventStream(address, { lastEventId: 1 })
    await resumed.until('bid', 2)
    expect(resumed.events.filter(({ event }) => event === 'bid').map(({ data }) => data)).toMatchObject([
      { seq: 2, priceFen: 1_500 * yuan, leaderNumber: numbers[1] },
      { seq: 3, priceFen: 1_600 * yuan, leaderNumber: numbers[0] },
    ])
    await endNow(h.database.db, lot.id)
    await h.client.get(url)
    const [closed] = await resumed.until('closed')
    expect(closed?.data).toMatchObject({ outcome: 'unsold', unsoldReason: 'reserve_not_met' })
    await resumed.ended
    expect((await openEventStream(address, { lastEventId: 4 })).status).toBe(204)
  })
})
