import type { AddressInfo } from 'node:net'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { newId } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { tellUsers } from '../../../src/modules/notifications/index.ts'
import { type EventStream, openEventStream } from '../../support/event-stream.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem } from '../../support/http.ts'

const harness = useHarness({ streamTimings: { heartbeatMs: 60, renewalMs: 600_000, retryMs: 3_000, stallMs: 5_000 } })
const path = '/v1/notifications/stream'
let origin = ''
let reader: Principal
let token = ''
const streams: EventStream[] = []

beforeAll(async () => {
  await harness.app.listen({ port: 0, host: '127.0.0.1' })
  origin = `http://127.0.0.1:${(harness.app.server.address() as AddressInfo).port}`
})
beforeEach(async () => {
  await harness.reset()
  reader = await harness.given.organisation({ isVerified: false })
  token = await harness.tokenOf(reader)
})
afterEach(async () => {
  for (const stream of streams.splice(0)) {
    stream.close()
    await stream.ended
  }
  await vi.waitUntil(async () => (await openStreams()) === 0)
})

const open = async (options: Parameters<typeof openEventStream>[1] & { query?: string } = {}) => {
  const { query = '', ...rest } = options
  const stream = await openEventStream(`${origin}${path}${query}`, rest)
  streams.push(stream)
  return stream
}
const openStreams = async () =>
  Number(/^http_open_streams (\d+)$/m.exec((await harness.client.get('/metrics')).body)?.[1])

let told = 0
/** Tells a user something and gives it its number. */
const tell = async (who: Principal, count = 1) => {
  for (let n = 0; n < count; n += 1) {
    told += 1
    await tellUsers(harness.deps, {
      ...{ orgId: who.orgId, userIds: [who.userId], kind: 'organisation.verified', subjectId: `told ${told}` },
      params: { organisationId: who.orgId, organisationName: `事件${told}` },
    })
  }
  await harness.drain()
}

describe('the stream of notifications', () => {
  it('greets, and brings what the user is told, as the inbox shows it', async () => {
    await tell(reader, 2)
    const stream = await open({ token })
    expect(await stream.until('ready')).toEqual([{ id: '2', event: 'ready', data: { unreadCount: 2 } }])
    await tell(await harness.given.organisation({ isVerified: false }))
    await tell(reader)
    const [event] = await stream.until('notification')
    const inbox = await (await harness.as(reader)).get('/v1/notifications?limit=1')
    expect(event?.data).toEqual(inbox.json().data[0])
    expect(stream.ids('notification')).toEqual([4])
  })

  it('answers as event streams have to (SSE-1)', async () => {
    const stream = await open({ token })
    await stream.until('ready')
    expect(stream.status).toBe(200)
    expect(stream.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    })
    expect(stream.headers).not.toHaveProperty('content-encoding')
    expect(stream.text()).toMatch(/^retry: 3000\n\n/)
    await vi.waitUntil(() => stream.text().includes(': heartbeat\n\n'))
  })

  it.each([
    ['the header Last-Event-ID', (last: number) => ({ lastEventId: last })],
    ['the query', (last: number) => ({ query: `?lastEventId=${last}` })],
  ])('resumes by %s with everything after it and nothing before (SSE-2)', async (_name, how) => {
    await tell(reader, 5)
    const stream = await open({ token, ...how(2) })
    await stream.until('notification', 3)
    await tell(reader)
    await stream.until('notification', 4)
    expect(stream.ids('notification')).toEqual([3, 4, 5, 6])
  })

  it('replays more than one page', async () => {
    const first = await open({ token })
    await first.until('ready')
    first.close()
    await harness.database.pool.query(
      `insert into notifications (id, user_id, org_id, kind, subject_id, params, created_at)
       select gen_random_uuid(), u.id, u.org_id, 'security.session_reused', n::text, '{"displayName":"李"}', now()
       from users u, generate_series(1, 250) n where u.email like 'given%' and u.org_id =
         (select org_id from sessions join users on users.id = user_id order by sessions.created_at desc limit 1)`,
    )
    await harness.drain()
    const stream = await open({ token, lastEventId: 0 })
    await stream.until('notification', 250)
    expect(stream.ids('notification')).toEqual(Array.from({ length: 250 }, (_, n) => n + 1))
  })

  it('says resync first when events after the last one are gone, or when it never was (SSE-2)', async () => {
    await tell(reader, 3)
    await harness.database.pool.query(`update stream_counters set floor = 2`)
    for (const lastEventId of [1, 99]) {
      const stream = await open({ token, lastEventId })
      await stream.until('ready')
      expect(stream.events.map(({ event, id }) => [event, id])).toEqual([
        ['resync', '3'],
        ['ready', '3'],
      ])
      stream.close()
      await stream.ended
    }
    const exact = await open({ token, lastEventId: 2 })
    await exact.until('notification')
    expect(exact.events.map(({ event }) => event)).toEqual(['ready', 'notification'])
  })

  it('refuses what is no event id with 400, and strangers with 401', async () => {
    const client = await harness.as(reader)
    expectProblem(await client.open(path, { headers: { 'last-event-id': 'abc' } }), 'VALIDATION_FAILED')
    expectProblem(await client.open(`${path}?lastEventId=-1`), 'VALIDATION_FAILED')
    expectProblem(await client.open(`${path}?since=1`), 'VALIDATION_FAILED')
    expectProblem(await harness.client.open(path), 'UNAUTHENTICATED')
  })

  it('keeps three streams of a user and refuses a fourth until one has left (SSE-4)', async () => {
    const [first] = [await open({ token }), await open({ token }), await open({ token })]
    expectProblem(await (await harness.as(reader)).open(path), 'RATE_LIMITED')
    const other = await harness.given.organisation({ isVerified: false })
    expect((await open({ token: await harness.tokenOf(other) })).status).toBe(200)
    first?.close()
    await vi.waitUntil(async () => (await openStreams()) === 3)
    expect((await open({ token })).status).toBe(200)
  })
})

describe('the end of a stream', () => {
  it('comes with signing out, and not with the sign-out of another session (SSE-3)', async () => {
    const other = await harness.tokenOf(reader)
    const [leaving, staying] = [await open({ token }), await open({ token: other })]
    await harness.client.as(token).post('/v1/auth/logout')
    await harness.drain()
    await leaving.ended
    expect(leaving.events.at(-1)).toEqual({ event: 'closed', data: { code: 'UNAUTHENTICATED' } })
    await tell(reader)
    await staying.until('notification')
  })

  it('comes with a suspension of the organisation', async () => {
    const stream = await open({ token })
    const operator = await harness.as(await harness.given.operator())
    const { orgId } = reader
    const suspended = await operator.post(`/v1/organisations/${orgId}/verification`, {
      decision: 'suspend',
      note: '核查',
    })
    expect(suspended.statusCode, suspended.body).toBe(200)
    await harness.drain()
    await stream.ended
  })

  it('outlives the access token for as long as the session can be refreshed', async () => {
    const stream = await open({ token })
    harness.clock.advance('2h')
    harness.deps.live.nudge([`access:${reader.userId}`])
    await tell(reader)
    await stream.until('notification')
    harness.clock.advance('11h')
    harness.deps.live.nudge([`access:${reader.userId}`])
    await stream.ended
  })
})

describe('a ticket', () => {
  const ticketFor = async (target = path) => {
    const response = await harness.client.as(token).post('/v1/stream-tickets', { path: target })
    expect(response.json()).toEqual({ ticket: expect.any(String), expiresIn: 30 })
    return response.json().ticket as string
  }

  it('opens the stream of its session once, and is stored as a hash (AUTH-6)', async () => {
    const ticket = await ticketFor()
    const rows = await harness.database.pool.query(`select encode(hash, 'escape') as hash, path from stream_tickets`)
    expect(JSON.stringify(rows.rows)).not.toContain(ticket)
    const stream = await open({ query: `?ticket=${ticket}` })
    await tell(reader)
    await stream.until('notification')
    expectProblem(await harness.client.open(`${path}?ticket=${ticket}`), 'UNAUTHENTICATED')
    await harness.client.as(token).post('/v1/auth/logout')
    await harness.drain()
    await stream.ended
  })

  it('is worth nothing after 30 s, for another stream, or after the session has ended', async () => {
    const old = await ticketFor()
    harness.clock.advance('31s')
    const elsewhere = await ticketFor('/v1/other/stream')
    const orphan = await ticketFor()
    await harness.client.as(token).post('/v1/auth/logout')
    for (const ticket of [old, elsewhere, orphan, 'ttm_ticket_unknown']) {
      expectProblem(await harness.client.open(`${path}?ticket=${ticket}`), 'UNAUTHENTICATED')
    }
  })

  it('is not given to API keys, and only for a path', async () => {
    const owner = await harness.as(reader)
    const created = await owner.post(
      '/v1/api-keys',
      { name: 'erp', scopes: ['notification.read', 'session.manage'] },
      { headers: { 'idempotency-key': `key-${newId('event')}` } },
    )
    const key = created.json().key as string
    expectProblem(await harness.client.as(key).post('/v1/stream-tickets', { path }), 'FORBIDDEN')
    expectProblem(await owner.post('/v1/stream-tickets', { path: 'https://evil.example' }), 'VALIDATION_FAILED')
    const stream = await open({ token: key })
    await tell(reader)
    await stream.until('notification')
  })
})
