import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { type Clock, systemClock } from '../../src/kernel/clock.ts'
import type { Principal } from '../../src/kernel/principal.ts'
import { demandKind } from '../../src/modules/demands/index.ts'
import { givenAuction } from '../modules/auctions/given-auction.ts'
import { bodyOf, given } from '../support/given.ts'
import { newAccessToken, testAppOptions, useHarness } from '../support/harness.ts'
import { call } from '../support/http.ts'

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

describe('FT-12: API nodes whose clocks are ten minutes ahead and behind', () => {
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
