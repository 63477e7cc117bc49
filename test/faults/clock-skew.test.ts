import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { type Clock, systemClock } from '../../src/kernel/clock.ts'
import { idToUuid } from '../../src/kernel/ids.ts'
import type { Principal } from '../../src/kernel/principal.ts'
import { demandKind } from '../../src/modules/demands/index.ts'
import { givenAuction } from '../modules/auctions/given-auction.ts'
import { bodyOf, given } from '../support/given.ts'
import { newAccessToken, testAppOptions, useHarness } from '../support/harness.ts'
import { call } from '../support/http.ts'
import { useSkewedApis } from './skewed-api.ts'

const harness = useHarness()
const skewMs = 10 * 60_000
const ahead: Clock = { now: () => new Date(systemClock.now().getTime() + skewMs) }
const behind: Clock = { now: () => new Date(systemClock.now().getTime() - skewMs) }

let nodes: { ahead: FastifyInstance; right: FastifyInstance; behind: FastifyInstance }
let owner: Principal

beforeAll(async () => {
  const nodeOn = async (clock: Clock) => {
    const app = await buildApp({ ...harness.deps, clock }, testAppOptions)
    await app.ready()
    return app
  }
  nodes = { ahead: await nodeOn(ahead), right: await nodeOn(systemClock), behind: await nodeOn(behind) }
  owner = await given({ db: harness.database.db, clock: systemClock }).organisation()
})
afterAll(() => Promise.all(Object.values(nodes).map((app) => app.close())))

/** A session that a node gave whose clock is wrong by ten minutes. */
const sessionOf = (clock: Clock, who = owner) => newAccessToken({ db: harness.database.db, clock }, who)

const skewed = () =>
  [
    [behind, nodes.behind],
    [ahead, nodes.ahead],
  ] as const

describe('FT-12: API nodes that go by clocks ten minutes ahead and behind', () => {
  it('share sessions with a node whose clock is right, and an ended one is refused by all', async () => {
    for (const [clock, app] of skewed()) {
      for (const made of [clock, systemClock]) {
        const token = await sessionOf(made)
        for (const node of [app, nodes.right]) expect((await call(node, token).get('/v1/me')).statusCode).toBe(200)
        expect((await call(app, token).post('/v1/auth/logout', {})).statusCode).toBe(204)
        // For a second each node may know the session from before.
        await harness.deps.db.execute('select pg_sleep(1.1)')
        for (const node of [app, nodes.right]) expect((await call(node, token).get('/v1/me')).statusCode).toBe(401)
      }
    }
  })

  it('do a request once whose repetition reaches the other node', async () => {
    const token = await sessionOf(systemClock)
    const headers = { 'idempotency-key': 'clock-skew-0000000001' }
    const body = bodyOf(demandKind, { market: owner.market })
    const answers = []
    for (const app of [nodes.ahead, nodes.behind, nodes.right, nodes.ahead]) {
      answers.push(await call(app, token).post('/v1/demands', body, { headers }))
    }
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201, 201])
    expect(new Set(answers.map((answer) => answer.json().id)).size).toBe(1)
  })

  it('never lease one review item to two brokers', async () => {
    const { db } = harness.database
    const made = given({ db, clock: systemClock })
    await made.market({ publishOnSubmit: true })
    for (let n = 0; n < 6; n += 1) await made.publishedSupply({ title: `高真空压铸壳体 ${n}` })
    for (let n = 0; n < 6; n += 1) await made.publishedDemand({ title: `高真空压铸壳体 ${n}` })
    await harness.drain()
    const held = new Map<string, string>()
    for (let round = 0; round < 3; round += 1) {
      for (const [clock, app] of [...skewed(), [systemClock, nodes.right] as const]) {
        const broker = await made.broker()
        const answer = await call(app, await sessionOf(clock, broker)).post('/v1/review-queue/claims', { limit: 2 })
        expect(answer.statusCode, answer.body).toBe(200)
        for (const { id } of answer.json().data as { id: string }[]) {
          expect(held.get(id), `${id} is held by another broker`).toBeUndefined()
          held.set(id, broker.userId)
        }
      }
    }
    expect(held.size).toBeGreaterThan(4)
  })

  it('take a bid while the lot runs and none after its end, by the clock of the database', async () => {
    const scene = await givenAuction(harness.database.db)
    const { principal: bidder } = await scene.bidder()
    const path = `/v1/auctions/${scene.lot.id}/bids`
    const bid = async (clock: Clock, app: FastifyInstance, amountFen: number) =>
      call(app, await sessionOf(clock, bidder)).post(
        path,
        { amountFen },
        {
          headers: { 'idempotency-key': `skewed-bid-${amountFen}-${clock === ahead}` },
        },
      )
    const first = await bid(ahead, nodes.ahead, 100_000)
    expect(first.statusCode, first.body).toBe(201)
    await harness.database.pool.query(
      `update auction_books set ends_at = clock_timestamp() - interval '1 s' where lot_id is not null`,
    )
    for (const [clock, app] of skewed()) {
      const late = await bid(clock, app, 200_000)
      expect([409, 422], late.body).toContain(late.statusCode)
    }
  })
})

const startSkewed = useSkewedApis()

describe('FT-12: API processes on machines whose clocks are twenty minutes apart', () => {
  it("go by the database's clock: each takes the sessions, tokens and keys of the other", async () => {
    const { pool, url } = harness.database
    const origins = [(await startSkewed(url, skewMs)).origin, (await startSkewed(url, -skewMs)).origin] as const
    const { rows } = await pool.query<{ email: string }>('select email from users where id = $1', [
      idToUuid(owner.userId),
    ])
    for (const [here, there] of [origins, [origins[1], origins[0]] as const]) {
      const password = 'a meadow full of staples'
      const signIn = await send(here, '/v1/auth/login', { body: { email: rows[0]?.email, password } })
      const { accessToken, refreshToken } = signIn
      expect((await send(there, '/v1/me', { token: accessToken })).user.id).toBe(owner.userId)
      const refreshed = await send(there, '/v1/auth/refresh', { body: { refreshToken } })
      expect((await send(here, '/v1/me', { token: refreshed.accessToken })).user.id).toBe(owner.userId)
      const demand = {
        token: refreshed.accessToken,
        key: `skewed-clocks-key-${origins.indexOf(here)}`,
        body: bodyOf(demandKind, { market: owner.market }),
      }
      const [made, replayed] = [await send(here, '/v1/demands', demand), await send(there, '/v1/demands', demand)]
      expect(replayed).toEqual(made)
      const { rows: stored } = await pool.query<{ off: number }>(
        `select abs(extract(epoch from created_at - clock_timestamp()))::float8 as off from listings where id = $1`,
        [idToUuid(made.id)],
      )
      expect(stored[0]?.off).toBeLessThan(30)
    }
  })
})

type Answer = { id: string; accessToken: string; refreshToken: string; user: { id: string } }
type Sent = { body?: unknown; token?: string; key?: string }

/** @returns the answer, of which each path has its fields; anything but success fails the test. */
async function send(origin: string, path: string, { body, token, key }: Sent): Promise<Answer> {
  const headers = {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  }
  const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const answer = await fetch(`${origin}${path}`, { headers, ...sent })
  const json = (await answer.json()) as Answer
  expect(answer.ok, JSON.stringify(json)).toBe(true)
  return json
}
