import { request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expectProblem } from '../support/http.ts'
import { tokenOf, usePlatform } from './platform.ts'

const platform = usePlatform()
const key = 'key-0123456789abcdef'
const withKey = (value = key) => ({ headers: { 'idempotency-key': value } })
const body = { title: 'A pump' }

beforeEach(() => platform.database.reset())
afterEach(() => platform.turnstile.open())

describe('the Idempotency-Key', () => {
  it('is required where a double effect hurts (API-IDEM-1)', async () => {
    expectProblem(await platform.as('member').post('/v1/keys'), 'IDEMPOTENCY_KEY_REQUIRED')
    expect((await platform.as('member').post('/v1/keys', undefined, withKey())).statusCode).toBe(201)
  })

  it.each([
    'short',
    'a'.repeat(256),
    'with space in between it',
    '键键键键键键键键键键键键键键键键',
    '"unbalanced-quotes-00',
  ])('of another form is refused: %s', async (value) => {
    const headers = { 'idempotency-key': Buffer.from(value).toString('latin1') }
    const { errors } = expectProblem(
      await platform.as('member').post('/v1/things', body, { headers }),
      'VALIDATION_FAILED',
    )
    expect(errors).toMatchObject([{ location: 'header', pointer: '#/idempotency-key' }])
  })

  it('may stand in quotes, as the draft writes it, and is the same key then', async () => {
    const plain = await platform.as('member').post('/v1/things', body, withKey())
    const quoted = await platform.as('member').post('/v1/things', body, withKey(`"${key}"`))
    expect(quoted.body).toBe(plain.body)
  })

  it('makes a repeat get the first answer with status, headers and body (API-IDEM-3)', async () => {
    const first = await platform.as('member').post('/v1/things', body, withKey())
    const again = await platform.as('member').post('/v1/things', body, withKey())
    expect(first.headers['idempotency-replayed']).toBeUndefined()
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(again.statusCode).toBe(201)
    expect(again.body).toBe(first.body)
    expect(again.headers.etag).toBe(first.headers.etag)
    expect(again.headers.location).toBe(first.headers.location)
    expect(await countThings()).toBe(1)
  })

  it('refuses another body or query under the same key (API-IDEM-3)', async () => {
    await platform.as('member').post('/v1/things', body, withKey())
    const other = await platform.as('member').post('/v1/things', { title: 'A valve' }, withKey())
    expectProblem(other, 'IDEMPOTENCY_KEY_REUSED')
    expect(await countThings()).toBe(1)
  })

  it('belongs to one user and one operation (API-IDEM-2)', async () => {
    const clients = [platform.as('member'), platform.as('owner'), platform.as('somebody-else')]
    const answers = await Promise.all(clients.map((client) => client.post('/v1/things', body, withKey())))
    expect(new Set(answers.map((answer) => answer.json().id)).size).toBe(3)
    expect((await platform.as('member').post('/v1/keys', undefined, withKey())).statusCode).toBe(201)
  })

  it('has one effect for 50 parallel requests; each gets that answer or 409 (API-IDEM-3)', async () => {
    const sent = Array.from({ length: 50 }, () => platform.as('member').post('/v1/things', body, withKey()))
    const answers = await Promise.all(sent)
    const served = answers.filter(({ statusCode }) => statusCode === 201)
    expect(served.length).toBeGreaterThan(0)
    expect(new Set(served.map((answer) => answer.body)).size).toBe(1)
    for (const answer of answers.filter(({ statusCode }) => statusCode !== 201)) {
      expectProblem(answer, 'IDEMPOTENCY_IN_PROGRESS')
      expect(answer.headers['retry-after']).toBe('1')
    }
    expect(await countThings()).toBe(1)
  })

  it('answers 409 at once while the first request runs, and its answer after that', async () => {
    platform.turnstile.close()
    const first = platform.as('member').post('/v1/things', body, withKey())
    await platform.turnstile.arrivals(1)
    expectProblem(await platform.as('member').post('/v1/things', body, withKey()), 'IDEMPOTENCY_IN_PROGRESS')
    platform.turnstile.open()
    const { body: firstAnswer } = await first
    const again = await platform.as('member').post('/v1/things', body, withKey())
    expect(again.body).toBe(firstAnswer)
    expect(await countThings()).toBe(1)
  })

  it.each([
    ['a validation failure', {}, 400],
    ['a conflict', { title: 'a conflict' }, 409],
    ['a crash', { title: 'a crash' }, 500],
  ])('stores nothing for %s, and nothing of it stays (API-IDEM-4)', async (_name, failing, status) => {
    expect((await platform.as('member').post('/v1/things', failing, withKey())).statusCode).toBe(status)
    expect(await countThings()).toBe(0)
    expect(await storedKeys()).toEqual([])
    const corrected = await platform.as('member').post('/v1/things', body, withKey())
    expect(corrected.statusCode).toBe(201)
    expect(corrected.headers['idempotency-replayed']).toBeUndefined()
  })

  it('stores nothing for a refused sign-in or permission (API-IDEM-4)', async () => {
    expectProblem(await platform.client.post('/v1/things', body, withKey()), 'UNAUTHENTICATED')
    expectProblem(
      await platform.client.as('wrong-token-0123456789').post('/v1/things', body, withKey()),
      'UNAUTHENTICATED',
    )
    expect(await storedKeys()).toEqual([])
  })

  it('holds for 24 hours, then the same request runs again (API-IDEM-5)', async () => {
    const first = await platform.as('member').post('/v1/things', body, withKey())
    const { rows } = await platform.database.pool.query<{ hours: number }>(
      `select extract(epoch from expires_at - clock_timestamp()) / 3600 as hours from idempotency_keys`,
    )
    expect(Number(rows[0]?.hours)).toBeCloseTo(24, 1)
    await platform.database.pool.query(
      `update idempotency_keys set expires_at = clock_timestamp() - interval '1 second'`,
    )
    const later = await platform.as('member').post('/v1/things', { title: 'Another pump' }, withKey())
    expect(later.statusCode).toBe(201)
    expect(later.json().id).not.toBe(first.json().id)
    const repeat = await platform.as('member').post('/v1/things', { title: 'Another pump' }, withKey())
    expect(repeat.body).toBe(later.body)
  })

  it('keeps answers unreadable at rest: a secret that is shown once is in no row', async () => {
    const answer = await platform.as('member').post('/v1/keys', undefined, withKey())
    expect(answer.json().secret).toMatch(/^canary-/)
    const { rows } = await platform.database.pool.query<{ dump: string }>(
      `select encode(body, 'escape') || headers::text || key as dump from idempotency_keys`,
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.dump).not.toMatch(/canary|secret/)
    const again = await platform.as('member').post('/v1/keys', undefined, withKey())
    expect(again.body).toBe(answer.body)
  })

  it('gives a client that lost the answer the stored one', async () => {
    const address = await listen()
    platform.turnstile.close()
    const aborted = sendAndAbort(address, platform.turnstile.arrivals(1))
    await aborted
    platform.turnstile.open()
    await until(async () => (await storedKeys()).length === 1)
    const again = await platform.as('member').post('/v1/things', body, withKey())
    expect(again.statusCode).toBe(201)
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(await countThings()).toBe(1)
  })
})

async function listen(): Promise<AddressInfo> {
  await platform.app.listen({ port: 0, host: '127.0.0.1' })
  return platform.app.server.address() as AddressInfo
}

/** Cuts the connection while the handler runs: the commit happens, the reply reaches nobody. */
async function sendAndAbort({ port }: AddressInfo, hasArrived: Promise<void>): Promise<void> {
  const headers = {
    authorization: `Bearer ${tokenOf('member')}`,
    'content-type': 'application/json',
    ...withKey().headers,
  }
  const sent = httpRequest({ host: '127.0.0.1', port, path: '/v1/things', method: 'POST', headers })
  sent.on('error', () => undefined)
  sent.end(JSON.stringify(body))
  await hasArrived
  sent.destroy()
}

async function countThings(): Promise<number> {
  const { rows } = await platform.database.pool.query<{ count: number }>('select count(*)::int as count from things')
  return rows[0]?.count ?? 0
}

async function storedKeys(): Promise<string[]> {
  const { rows } = await platform.database.pool.query<{ key: string }>('select key from idempotency_keys')
  return rows.map((row) => row.key)
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < 200; round += 1) {
    if (await isTrue()) return
    await sleep(20)
  }
  throw new Error('it did not become true within 4 s')
}
