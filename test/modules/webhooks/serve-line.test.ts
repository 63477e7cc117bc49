import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { httpWebhookSender } from '../../../src/adapters/webhooks/http.ts'
import { memoryWebhookSender } from '../../../src/adapters/webhooks/memory.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import type { Endpoint } from '../../../src/modules/webhooks/endpoint-repo.ts'
import { rotateSecret } from '../../../src/modules/webhooks/rotate-secret.ts'
import { serveLine } from '../../../src/modules/webhooks/serve-line.ts'
import { sweepDeliveries } from '../../../src/modules/webhooks/sweep-deliveries.ts'
import { updateEndpoint } from '../../../src/modules/webhooks/update-endpoint.ts'
import { useHarness } from '../../support/harness.ts'
import { announce, drainWebhooks, givenEndpoint, type Receiver, startReceiver } from './scene.ts'

const harness = useHarness()
const receivers: Receiver[] = []
let owner: Principal

beforeEach(async () => {
  await harness.reset()
  harness.deps.webhooks = memoryWebhookSender()
  owner = await harness.given.organisation()
  await drain()
})
afterEach(async () => {
  for (const receiver of receivers.splice(0)) await receiver.close()
})

const drain = () => drainWebhooks(harness.deps)
const sent = () => harness.deps.webhooks.sent()
const rows = async () =>
  (await harness.database.pool.query('select * from webhook_deliveries order by id')).rows as Record<string, unknown>[]
const endpointRow = async () => (await harness.database.pool.query('select * from webhook_endpoints')).rows[0]
const callTo = ({ endpoint }: { endpoint: Endpoint }) => ({ endpointId: endpoint.id, at: harness.clock.now() })
const dying = () => ({ ...harness.deps, webhooks: { send: () => Promise.reject(new Error('killed')) } })
const leaseEnds = () =>
  harness.database.pool.query(
    "update webhook_deliveries set lease_until = now() - interval '1s' where lease_until > now()",
  )
const verify = (secret: string, { headers, body }: { headers: Readonly<Record<string, string>>; body: string }) =>
  new Webhook(secret).verify(body, { ...headers })

/** Waits as the schedule does until nothing is planned any more. */
async function runToTheEnd(): Promise<void> {
  for (let step = 0; step < 200; step += 1) {
    await drain()
    const [next] = (
      await harness.database.pool.query(
        `select min(next_attempt_at) as at from webhook_deliveries where state = 'pending'`,
      )
    ).rows as { at: Date | null }[]
    if (!next?.at) return
    harness.clock.advance(Math.max(next.at.getTime() - harness.clock.now().getTime(), 1_000))
  }
  throw new Error('deliveries are still pending')
}

describe('a message', () => {
  it('passes the official verifier, and is thin: type, time and ids', async () => {
    // The verifier knows no other time than the machine's.
    harness.clock.advance(Date.now() - harness.clock.now().getTime())
    const { secret } = await givenEndpoint(harness.deps, owner)
    const receiver = await startReceiver()
    receivers.push(receiver)
    await harness.database.pool.query('update webhook_endpoints set url = $1', [receiver.url])
    const webhooks = httpWebhookSender({ allowsHttp: true })
    harness.deps.webhooks = { ...memoryWebhookSender(), send: webhooks.send }
    const [eventId] = await announce(harness.deps, owner)
    await drain()
    await webhooks.close()
    const [received] = receiver.received
    if (received === undefined) throw new Error('a message expected')
    expect(verify(secret, received)).toEqual({
      type: 'organisation.verification_changed',
      timestamp: expect.any(String),
      data: { organisationId: owner.orgId },
    })
    expect(received.headers).toMatchObject({ 'webhook-id': eventId, 'content-type': 'application/json' })
    expect(() => verify(secret, { ...received, body: `${received.body} ` })).toThrow()
    for (const minutes of [-6, 6]) {
      const timestamp = String(Number(received.headers['webhook-timestamp']) + minutes * 60)
      const headers = { ...received.headers, 'webhook-timestamp': timestamp }
      expect(() => verify(secret, { ...received, headers })).toThrow()
    }
    expect(await rows()).toMatchObject([{ state: 'delivered', attempts: 1, last_status_code: 204 }])
  })

  it('is retried under the same id with a new time and the same bytes until the receiver takes it', async () => {
    const { secret } = await givenEndpoint(harness.deps, owner)
    harness.deps.webhooks.answerWith(() => ({ statusCode: sent().length <= 3 ? 500 : 200 }))
    await announce(harness.deps, owner)
    await runToTheEnd()
    expect(sent()).toHaveLength(4)
    expect(new Set(sent().map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(sent().map(({ body }) => body)).size).toBe(1)
    expect(new Set(sent().map(({ headers }) => headers['webhook-timestamp'])).size).toBe(4)
    expect(await rows()).toMatchObject([{ state: 'delivered', attempts: 4 }])
    const signatures = sent().map(({ headers }) => headers['webhook-signature'])
    expect(signatures.every((signature) => /^v1,[A-Za-z0-9+/]{43}=$/.test(signature ?? ''))).toBe(true)
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  })

  it('carries two valid signatures for 24 hours after a rotation, then one', async () => {
    harness.clock.advance(Date.now() - harness.clock.now().getTime())
    const before = await givenEndpoint(harness.deps, owner)
    const after = await rotateSecret(harness.deps, owner, before.endpoint.id)
    await announce(harness.deps, owner)
    await drain()
    const [during] = sent()
    if (during === undefined) throw new Error('a message expected')
    expect(during.headers['webhook-signature']?.split(' ')).toHaveLength(2)
    for (const { secret } of [before, after]) expect(verify(secret, during)).toBeDefined()
    harness.clock.advance('25h')
    await announce(harness.deps, owner)
    await drain()
    expect(sent().at(-1)?.headers['webhook-signature']?.split(' ')).toHaveLength(1)
  })

  it('is asked for at most ten times over about three days; then the endpoint is off and its owners know', async () => {
    await harness.given.user(owner, 'member')
    await givenEndpoint(harness.deps, owner)
    harness.deps.webhooks.answerWith(() => ({ failure: 'connection' }))
    await announce(harness.deps, owner, 2)
    const begun = harness.clock.now().getTime()
    await runToTheEnd()
    const hours = (harness.clock.now().getTime() - begun) / 3_600_000
    expect(sent().length).toBeLessThanOrEqual(20)
    expect(hours).toBeGreaterThan(60)
    expect(hours).toBeLessThan(92)
    expect((await rows()).map(({ state }) => state).sort()).toEqual(expect.arrayContaining(['failed']))
    expect(await endpointRow()).toMatchObject({ is_enabled: false, disabled_reason: 'exhausted' })
    const { rows: told } = await harness.database.pool.query(
      `select user_id, params from notifications where kind = 'webhook.disabled'`,
    )
    expect(told).toHaveLength(1)
    expect(told[0].params).toMatchObject({ webhookHost: 'hooks.example.com' })
  })

  it('ends with a 410, which switches the endpoint off at once and cancels what waits', async () => {
    await givenEndpoint(harness.deps, owner)
    harness.deps.webhooks.answerWith(() => ({ statusCode: 410 }))
    await announce(harness.deps, owner, 3)
    await runToTheEnd()
    expect(sent()).toHaveLength(1)
    expect((await rows()).map(({ state }) => state).sort()).toEqual(['cancelled', 'cancelled', 'failed'])
    expect(await endpointRow()).toMatchObject({ is_enabled: false, disabled_reason: 'gone' })
    await announce(harness.deps, owner)
    expect(await rows()).toHaveLength(3)
  })

  it('waits as long as Retry-After says, and so do the others for that endpoint', async () => {
    await givenEndpoint(harness.deps, owner)
    harness.deps.webhooks.answerWith(() =>
      sent().length === 1 ? { statusCode: 429, retryAfter: '600' } : { statusCode: 200 },
    )
    await announce(harness.deps, owner, 2)
    await drain()
    expect(sent()).toHaveLength(1)
    harness.clock.advance('595s')
    await drain()
    expect(sent()).toHaveLength(1)
    await runToTheEnd()
    expect(sent()).toHaveLength(3)
    expect((await rows()).map(({ attempts }) => attempts).sort()).toEqual([1, 2])
  })

  it.each([301, 302, 307, 308, 400, 404, 500])('is not accepted by %i', async (statusCode) => {
    await givenEndpoint(harness.deps, owner)
    harness.deps.webhooks.answerWith(() => ({ statusCode }))
    await announce(harness.deps, owner)
    await drain()
    expect(await rows()).toMatchObject([{ state: 'pending', attempts: 1, last_status_code: statusCode }])
  })

  it('is sent once by many workers with the same call', async () => {
    const call = callTo(await givenEndpoint(harness.deps, owner))
    await announce(harness.deps, owner)
    await Promise.all(Array.from({ length: 8 }, () => serveLine(harness.deps, call)))
    await serveLine(harness.deps, call)
    expect(sent()).toHaveLength(1)
  })

  it('goes out again when the worker died before it could report, and counts as an attempt', async () => {
    const call = callTo(await givenEndpoint(harness.deps, owner))
    await announce(harness.deps, owner)
    await expect(serveLine(dying(), call)).rejects.toThrow('killed')
    await serveLine(harness.deps, call)
    expect(sent()).toEqual([])
    await leaseEnds()
    await serveLine(harness.deps, call)
    expect(await rows()).toMatchObject([{ state: 'delivered', attempts: 2, lease_token: null }])
  })

  it('is given up when the worker of its tenth attempt died', async () => {
    const call = callTo(await givenEndpoint(harness.deps, owner))
    await announce(harness.deps, owner, 2)
    await harness.database.pool.query(
      `update webhook_deliveries set attempts = 9, next_attempt_at = next_attempt_at - interval '1s'
       where id = (select min(id::text)::uuid from webhook_deliveries)`,
    )
    await expect(serveLine(dying(), call)).rejects.toThrow('killed')
    await leaseEnds()
    await drain()
    expect((await rows()).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['failed', 10],
      ['cancelled', 0],
    ])
    expect(await endpointRow()).toMatchObject({ is_enabled: false, disabled_reason: 'exhausted' })
  })

  it('is due by the time of its call, even for a worker whose clock is behind', async () => {
    const { endpointId, at } = callTo(await givenEndpoint(harness.deps, owner))
    await announce(harness.deps, owner)
    const behind = { ...harness.deps, clock: { now: () => new Date(at.getTime() - 600_000) } }
    await serveLine(behind, { endpointId, at })
    expect(sent()).toHaveLength(1)
  })

  it('goes out when its call was lost with the queue', async () => {
    await givenEndpoint(harness.deps, owner)
    await announce(harness.deps, owner)
    await harness.database.pool.query('delete from outbox_events')
    harness.clock.advance('50s')
    await sweepDeliveries(harness.deps)
    await drain()
    expect(sent()).toEqual([])
    harness.clock.advance('20s')
    await sweepDeliveries(harness.deps)
    await drain()
    expect(await rows()).toMatchObject([{ state: 'delivered', attempts: 1 }])
  })

  it('leaves the log 30 days after it was settled', async () => {
    await givenEndpoint(harness.deps, owner)
    await announce(harness.deps, owner)
    await drain()
    harness.clock.advance('29d')
    await sweepDeliveries(harness.deps)
    expect(await rows()).toHaveLength(1)
    harness.clock.advance('2d')
    await sweepDeliveries(harness.deps)
    expect(await rows()).toEqual([])
  })
})

function gateway() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve: () => resolve() }
}

describe('an endpoint', () => {
  it('gets no more messages at once than its pace allows; those over it have their turn when one is done', async () => {
    const call = callTo(await givenEndpoint(harness.deps, owner))
    await announce(harness.deps, owner, 6)
    let [running, idle] = [0, 0]
    const gate = gateway()
    const allLooked = gateway()
    const look = () => running + idle === 6 && allLooked.resolve()
    const slow = async () => {
      running += 1
      look()
      await gate.promise
      return { statusCode: 200, latencyMs: 5, excerpt: '' }
    }
    const isDone = { value: false }
    const all = Array.from({ length: 6 }, async () => {
      await serveLine({ ...harness.deps, webhooks: { send: slow } }, call)
      if (!isDone.value) idle += 1
      look()
    })
    await allLooked.promise
    expect({ running, idle }).toEqual({ running: 4, idle: 2 })
    isDone.value = true
    // The calls of the six are used up; those of the reports bring the rest.
    await harness.database.pool.query('delete from outbox_events')
    gate.resolve()
    await Promise.all(all)
    expect(await endpointRow()).toMatchObject({ parallel_limit: 8 })
    await drain()
    expect((await rows()).map(({ state }) => state)).toEqual(Array(6).fill('delivered'))
  })

  it('gets what was due first first, and what is due later when it is', async () => {
    await givenEndpoint(harness.deps, owner)
    const [first = ''] = await announce(harness.deps, owner)
    harness.clock.advance('1s')
    const [second = ''] = await announce(harness.deps, owner)
    harness.deps.webhooks.answerWith(() => ({ statusCode: sent().length === 1 ? 500 : 204 }))
    await drain()
    await runToTheEnd()
    expect(sent().map(({ headers }) => headers['webhook-id'])).toEqual([first, second, first])
  })

  it('is called at once when its owner ends a pause by moving it', async () => {
    const { endpoint } = await givenEndpoint(harness.deps, owner)
    harness.deps.webhooks.answerWith(() =>
      sent().length === 1 ? { statusCode: 503, retryAfter: '86400' } : { statusCode: 204 },
    )
    await announce(harness.deps, owner, 3)
    await drain()
    expect(sent()).toHaveLength(1)
    const change = { url: 'https://other.example.com/' }
    await updateEndpoint({ ...harness.deps, webhooks: { refusalOf: async () => undefined } }, owner, {
      id: endpoint.id,
      version: endpoint.version,
      change,
    })
    await drain()
    expect(sent()).toHaveLength(3)
  })
})
