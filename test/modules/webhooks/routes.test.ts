import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { memoryWebhookSender } from '../../../src/adapters/webhooks/memory.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem, type HttpClient } from '../../support/http.ts'
import { announce, drainWebhooks } from './scene.ts'

const harness = useHarness()
const path = '/v1/webhook-endpoints'
const body = {
  url: 'https://hooks.example.com/queqiao',
  eventTypes: ['listing.published', 'organisation.verification_changed'],
}
const key = () => ({ headers: { 'idempotency-key': `key-${crypto.randomUUID()}` } })
let owner: Principal
let client: HttpClient
let stranger: HttpClient

beforeAll(async () => {
  owner = await harness.given.organisation()
  client = await harness.as(owner)
  stranger = await harness.as(await harness.given.organisation())
})
beforeEach(async () => {
  await harness.database.pool.query('delete from webhook_endpoints')
  harness.deps.webhooks = Object.assign(harness.deps.webhooks, memoryWebhookSender())
})

async function createdEndpoint(): Promise<{ id: string; secret: string; version: number }> {
  const response = await client.post(path, body, key())
  expect(response.statusCode, response.body).toBe(201)
  return response.json()
}

const ifMatch = (version: number) => ({ headers: { 'if-match': `"v${version}"` } })

describe('POST /v1/webhook-endpoints', () => {
  it('shows the secret once and stores it sealed', async () => {
    const { id, secret } = await createdEndpoint()
    expect(secret).toMatch(/^whsec_/)
    expect((await client.get(`${path}/${id}`)).body).not.toContain('whsec_')
    expect((await client.get(path)).body).not.toContain('whsec_')
    const { rows } = await harness.database.pool.query('select secret, e::text as row from webhook_endpoints e')
    expect(rows[0].secret.includes(Buffer.from(secret.slice(6), 'base64'))).toBe(false)
    expect(rows[0].row).not.toContain(secret)
  })

  it('replays its answer to the same key and makes one endpoint', async () => {
    const options = key()
    const [one, other] = [await client.post(path, body, options), await client.post(path, body, options)]
    expect(other.json()).toEqual(one.json())
    expect(other.headers['idempotency-replayed']).toBe('true')
    expect((await client.get(path)).json().data).toHaveLength(1)
    expectProblem(await client.post(path, body), 'IDEMPOTENCY_KEY_REQUIRED')
  })

  it.each([
    ['http://hooks.example.com/', 'scheme_not_allowed'],
    ['https://127.0.0.1/', 'ip_literal_not_allowed'],
    ['https://2852039166/', 'ip_literal_not_allowed'],
    ['https://[::ffff:a9fe:a9fe]/', 'ip_literal_not_allowed'],
    ['https://localhost/', 'host_not_public'],
    ['https://hooks.example.com:5432/', 'port_not_allowed'],
    ['https://me:pw@hooks.example.com/', 'userinfo_not_allowed'],
    ['nonsense', 'url_malformed'],
  ])('refuses %s at the field', async (url, code) => {
    const { errors } = expectProblem(await client.post(path, { ...body, url }, key()), 'VALIDATION_FAILED')
    expect(errors).toMatchObject([{ location: 'body', pointer: '#/url', code }])
  })

  it('keeps the address in the one spelling of the URL parser', async () => {
    const url = ' HTTPS://Hooks.Example.COM:443/a/../b '
    expect((await client.post(path, { ...body, url }, key())).json().url).toBe('https://hooks.example.com/b')
  })

  it('refuses unknown, repeated and foreign event types, unknown fields, and an eleventh endpoint', async () => {
    for (const eventTypes of [[], ['listing.burnt'], ['listing.closed', 'listing.closed'], ['review_item.opened']]) {
      expectProblem(await client.post(path, { ...body, eventTypes }, key()), 'VALIDATION_FAILED')
    }
    expectProblem(await client.post(path, { ...body, secret: 'mine' }, key()), 'VALIDATION_FAILED')
    for (let count = 0; count < 10; count += 1) await createdEndpoint()
    const { errors } = expectProblem(await client.post(path, body, key()), 'VALIDATION_FAILED')
    expect(errors).toMatchObject([{ code: 'too_many_endpoints' }])
  })

  it('lets operators and broker firms hear of the review queue', async () => {
    const operator = await harness.as('operator')
    const response = await operator.post(path, { ...body, eventTypes: ['review_item.opened'] }, key())
    expect(response.statusCode).toBe(201)
  })
})

describe('an endpoint', () => {
  it('exists for its organisation only', async () => {
    const { id } = await createdEndpoint()
    const asStranger = (suffix: string, sent?: object) => stranger.post(`${path}/${id}${suffix}`, sent, key())
    const answers = [
      await stranger.get(`${path}/${id}`),
      await stranger.patch(`${path}/${id}`, { isEnabled: false }, ifMatch(1)),
      await stranger.delete(`${path}/${id}`),
      await stranger.get(`${path}/${id}/deliveries`),
      await asStranger('/test'),
      await asStranger('/rotate'),
      await asStranger('/replay', { since: '2026-01-01T00:00:00Z', until: '2026-02-01T00:00:00Z' }),
    ]
    for (const answer of answers) expectProblem(answer, 'NOT_FOUND')
    expect((await stranger.get(path)).json().data).toEqual([])
    const member = await harness.as(await harness.given.user(owner, 'member'))
    expectProblem(await member.get(path), 'FORBIDDEN')
    expectProblem(await harness.client.get(path), 'UNAUTHENTICATED')
  })

  it('is changed under its version; disabled and enabled it says so', async () => {
    const { id } = await createdEndpoint()
    const off = await client.patch(`${path}/${id}`, { isEnabled: false, description: '旧系统' }, ifMatch(1))
    expect(off.json()).toMatchObject({ isEnabled: false, disabledReason: 'owner', description: '旧系统', version: 2 })
    expectProblem(await client.patch(`${path}/${id}`, { isEnabled: true }, ifMatch(1)), 'PRECONDITION_FAILED')
    const on = await client.patch(`${path}/${id}`, { isEnabled: true, description: null }, ifMatch(2))
    expect(on.json()).not.toHaveProperty('disabledReason')
    expect(on.json()).not.toHaveProperty('description')
    const moved = await client.patch(`${path}/${id}`, { url: 'https://10.0.0.1/' }, ifMatch(3))
    expectProblem(moved, 'VALIDATION_FAILED')
    expect(on.headers.etag).toBe('"v3"')
  })

  it('is gone with its log after DELETE', async () => {
    const { id } = await createdEndpoint()
    await announce(harness.deps, owner)
    expect((await client.delete(`${path}/${id}`)).statusCode).toBe(204)
    expectProblem(await client.get(`${path}/${id}`), 'NOT_FOUND')
    await drainWebhooks(harness.deps)
    expect(harness.deps.webhooks.sent()).toEqual([])
  })

  it('gets a new secret by rotation and tells until when the old one signs', async () => {
    const { id, secret } = await createdEndpoint()
    const rotated = await client.post(`${path}/${id}/rotate`, undefined, key())
    expect(rotated.statusCode).toBe(200)
    expect(rotated.json().secret).not.toBe(secret)
    const until = new Date(harness.clock.now().getTime() + 86_400_000).toISOString()
    expect(rotated.json()).toMatchObject({ previousSecretUntil: until, version: 2 })
  })
})

describe('the log of an endpoint', () => {
  it('shows a test message with status, code, time and excerpt', async () => {
    const { id } = await createdEndpoint()
    harness.deps.webhooks.answerWith(() => ({ statusCode: 500, excerpt: '&lt;b&gt;', latencyMs: 84 }))
    expectProblem(await client.post(`${path}/${id}/test`), 'IDEMPOTENCY_KEY_REQUIRED')
    const options = key()
    const test = await client.post(`${path}/${id}/test`, undefined, options)
    expect(test.statusCode).toBe(202)
    expect((await client.post(`${path}/${id}/test`, undefined, options)).json()).toEqual(test.json())
    await drainWebhooks(harness.deps)
    const { data } = (await client.get(`${path}/${id}/deliveries`)).json()
    expect(data).toMatchObject([
      {
        id: test.json().id,
        type: 'webhook.test',
        state: 'pending',
        attempts: 1,
        lastAttempt: { statusCode: 500, latencyMs: 84, excerpt: '&lt;b&gt;' },
      },
    ])
    expect((await client.get(`${path}/${id}/deliveries?state=delivered`)).json().data).toEqual([])
    expectProblem(await client.get(`${path}/${id}/deliveries?state=lost`), 'VALIDATION_FAILED')
  })

  it('is paged, newest first', async () => {
    const { id } = await createdEndpoint()
    const eventIds = await announce(harness.deps, owner, 5)
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const { data, page } = (await client.get(`${path}/${id}/deliveries?limit=2${cursor}`)).json()
      seen.push(...data.map(({ eventId }: { eventId: string }) => eventId))
      if (!page.hasMore) break
      cursor = `&cursor=${page.nextCursor}`
    }
    expect(seen).toEqual(eventIds.toReversed())
  })

  it('is replayed one by one or by time span, under the same ids', async () => {
    const { id } = await createdEndpoint()
    await announce(harness.deps, owner, 3)
    harness.deps.webhooks.answerWith(() => ({ statusCode: harness.deps.webhooks.sent().length === 1 ? 410 : 200 }))
    await drainWebhooks(harness.deps)
    const span = { since: '2026-01-01T00:00:00Z', until: '2027-01-01T00:00:00Z' }
    expectProblem(await client.post(`${path}/${id}/replay`, span), 'TRANSITION_NOT_ALLOWED')
    await client.patch(`${path}/${id}`, { isEnabled: true }, ifMatch(2))
    const replayed = await client.post(`${path}/${id}/replay`, span)
    expect([replayed.statusCode, replayed.json()]).toEqual([202, { replayed: 3 }])
    harness.clock.advance('1m')
    await drainWebhooks(harness.deps)
    const { data } = (await client.get(`${path}/${id}/deliveries?state=delivered`)).json()
    expect(data).toHaveLength(3)
    expect((await client.post(`${path}/${id}/replay`, span)).json()).toEqual({ replayed: 0 })
    expect((await client.post(`${path}/${id}/replay`, { ...span, includeDelivered: true })).json()).toEqual({
      replayed: 3,
    })
    await drainWebhooks(harness.deps)
    expect((await client.post(`${path}/${id}/replay`, { deliveryId: data[0].id })).json()).toEqual({ replayed: 1 })
    const sentIds = harness.deps.webhooks.sent().map(({ headers }) => headers['webhook-id'])
    expect(new Set(sentIds).size).toBe(3)
  })

  it('refuses a replay of nothing in particular, of a span that ends before it begins, and of a foreign delivery', async () => {
    const { id } = await createdEndpoint()
    const span = { since: '2027-01-01T00:00:00Z', until: '2026-01-01T00:00:00Z' }
    for (const sent of [{}, span, { ...span, deliveryId: 'whd_1' }, { deliveryId: id }]) {
      expectProblem(await client.post(`${path}/${id}/replay`, sent), 'VALIDATION_FAILED')
    }
    const deliveryId = 'whd_01k9w3ynwzf5yr8t6x2m4q7c0z'
    expectProblem(await client.post(`${path}/${id}/replay`, { deliveryId }), 'NOT_FOUND')
  })
})
