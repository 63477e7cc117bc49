import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type ApiServer, startApi } from '../../src/boot/api-server.ts'
import { readConfig } from '../../src/config.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import type { Principal } from '../../src/kernel/principal.ts'
import { demandKind } from '../../src/modules/demands/index.ts'
import { silentLog, useTestDatabase } from '../support/db.ts'
import { bodyOf, given } from '../support/given.ts'
import { newAccessToken } from '../support/harness.ts'
import { freePort } from '../support/product.ts'
import { startProxy, type TcpProxy } from './proxy.ts'
import { sized } from './size.ts'
import { secretKey } from './workers.ts'

const database = useTestDatabase()
/** Silence tells nothing that a cut does not after its first two minutes. */
const awayMs = { cut: sized({ short: 3_000, long: 300_000 }), swallow: sized({ short: 3_000, long: 120_000 }) }
const backWithinMs = 5_000

let proxy: TcpProxy
let api: ApiServer
let token = ''
let owner: Principal

beforeAll(async () => {
  const url = new URL(database.url)
  proxy = await startProxy(Number(url.port))
  url.port = String(proxy.port)
  const settings = { SECRET_KEY: secretKey, DATABASE_URL: url.href, DATABASE_POOL_SIZE: '6', LOG_LEVEL: 'silent' }
  const limits = { RATE_LIMIT_PER_MINUTE: '1000000', LOGIN_LIMIT_PER_MINUTE: '1000000' }
  const config = readConfig({ ...settings, ...limits, PORT: String(await freePort()) })
  api = await startApi(config, { log: silentLog, drainDelayMs: 0, hasBackpressure: false })
  const made = given({ db: database.db, clock: systemClock })
  owner = await made.organisation()
  token = await newAccessToken({ db: database.db, clock: systemClock }, owner)
})
afterAll(async () => {
  await api.stop()
  await proxy.close()
})
beforeEach(() => proxy.set('fair'))

const ask = (path: string, body?: unknown) =>
  fetch(`${api.url}${path}`, {
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  }).then(async (answer) => {
    const text = await answer.text()
    return { status: answer.status, code: answer.status < 400 ? undefined : (JSON.parse(text).code as string) }
  })

/** Reads, a write and a sign-in: whatever needs the database. */
const requests = () => [
  ...['/v1/demands', '/v1/markets', '/v1/notifications', '/v1/search?q=x'].map((path) => ask(path)),
  ask('/v1/demands', bodyOf(demandKind, { market: owner.market })),
  ask('/v1/auth/login', { email: 'nobody@example.com', password: 'a meadow full of staples' }),
]

describe.each(['cut', 'swallow'] as const)('FT-9: a database behind a way that loses everything (%s)', (weather) => {
  it(`answers 503 and nothing else for ${awayMs[weather] / 1000} s, stays alive, and serves within 5 s of its return`, async () => {
    expect((await ask('/v1/demands')).status).toBe(200)
    proxy.set(weather)
    const seen = new Map<string, number>()
    const until = performance.now() + awayMs[weather]
    while (performance.now() < until) {
      expect((await ask('/livez')).status).toBe(200)
      expect((await ask('/readyz')).status).toBe(503)
      const answers = await Promise.all(requests())
      for (const { status, code } of answers) seen.set(`${status} ${code}`, (seen.get(`${status} ${code}`) ?? 0) + 1)
      await sleep(50)
    }
    // What was under way when the server fell silent is answered for by the limit of a request, 10 s: TIMEOUT.
    expect([...seen.keys()].filter((answer) => !/^503 (UNAVAILABLE|TIMEOUT)$/.test(answer))).toEqual([])
    expect(seen.get('503 UNAVAILABLE')).toBeGreaterThan(0)
    proxy.set(weather === 'swallow' ? 'cut' : 'fair')
    proxy.set('fair')
    const backAt = performance.now()
    await vi.waitFor(async () => expect((await ask('/v1/demands')).status).toBe(200), {
      ...{ timeout: backWithinMs, interval: 50 },
    })
    const backMs = performance.now() - backAt
    const answers = [...seen].map(([answer, count]) => `${count} times ${answer}`).join(', ')
    process.stdout.write(`FT-9 (${weather}): ${answers}; served ${Math.round(backMs)} ms after the return\n`)
    expect(backMs).toBeLessThan(backWithinMs)
    await vi.waitFor(async () => expect((await ask('/readyz')).status).toBe(200))
  })
})

describe('an answer that is lost after the commit', () => {
  it('is told by a repetition with the same key, and nothing was done twice', async () => {
    const create = (key: string) =>
      fetch(`${api.url}/v1/demands`, {
        method: 'POST',
        headers: {
          ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
        },
        body: JSON.stringify(bodyOf(demandKind, { market: owner.market })),
        signal: AbortSignal.timeout(1_500),
      }).then((answer) => answer.status)
    for (let n = 0; n < sized({ short: 3, long: 60 }); n += 1) {
      const key = `lost-answer-${n}-0000000`
      expect((await ask('/v1/demands')).status).toBe(200)
      const first = create(key).catch(() => 'lost' as const)
      await sleep(n * 4)
      proxy.set('swallow answers')
      await first
      proxy.set('cut')
      proxy.set('fair')
      await vi.waitFor(async () => expect(await create(key)).toBe(201), { timeout: 15_000, interval: 200 })
    }
    const { rows } = await database.pool.query('select count(*)::int as count from listings')
    expect(rows).toEqual([{ count: sized({ short: 3, long: 60 }) }])
  })
})
