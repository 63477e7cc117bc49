import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { bullmqJobQueue } from '../../../src/adapters/jobs/bullmq.ts'
import { httpWebhookSender } from '../../../src/adapters/webhooks/http.ts'
import { systemClock } from '../../../src/kernel/clock.ts'
import { webhookJobs, webhookSubscriptions } from '../../../src/modules/webhooks/jobs.ts'
import { runWorker } from '../../../src/run-worker.ts'
import { silentLog } from '../../support/db.ts'
import { useHarness } from '../../support/harness.ts'
import { announce, drainWebhooks, givenEndpoint, type Receiver, startReceiver } from './scene.ts'

const harness = useHarness()
const open: { close(): Promise<void> }[] = []
beforeEach(() => harness.reset())
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

async function receiver(answer?: Parameters<typeof startReceiver>[0]): Promise<Receiver> {
  const started = await startReceiver(answer)
  open.push(started)
  return started
}

/** The same numbers at every run: a failure can be looked at again. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const failures: ((response: ServerResponse) => void)[] = [
  (response) => response.writeHead(500).end('broken'),
  (response) => response.writeHead(502).end(),
  (response) => response.writeHead(503, { 'retry-after': '90' }).end(),
  (response) => response.writeHead(429, { 'retry-after': 'Mon, 02 Mar 2026 02:00:00 GMT' }).end(),
  (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
  (response) => response.writeHead(404).end('x'.repeat(100_000)),
  (response) => response.socket?.destroy(),
  // Half an answer, and none at all.
  (response) => response.writeHead(500, { 'content-length': '10' }).write('half'),
  () => undefined,
]

describe('200 messages to a receiver that fails at random (FT-6)', () => {
  it('arrive each at least once, under one id, with at most ten attempts, and are looked at only when it is their turn', async () => {
    const random = seeded(20_261_120)
    const left = new Map<string, number>()
    const requests = new Map<string, number>()
    const accepted = new Set<string>()
    const unstable = (
      response: ServerResponse,
      { headers }: { headers: Record<string, string> },
      request: IncomingMessage,
    ) => {
      const message = `${request.url} ${headers['webhook-id']}`
      requests.set(message, (requests.get(message) ?? 0) + 1)
      const failuresLeft = left.get(message) ?? Math.floor(random() * 5)
      left.set(message, failuresLeft - 1)
      if (failuresLeft > 0) return failures[Math.floor(random() * failures.length)]?.(response)
      accepted.add(message)
      response.writeHead(204).end()
    }
    const { url } = await receiver(unstable)
    const webhooks = httpWebhookSender({ allowsHttp: true, timeoutMs: 150 })
    open.push(webhooks)
    const deps = { ...harness.deps, webhooks: { ...harness.deps.webhooks, send: webhooks.send } }
    const owner = await harness.given.organisation()
    await drainWebhooks(deps)
    for (let n = 0; n < 10; n += 1) await givenEndpoint(deps, owner, { url: `${url}${n}` })
    const eventIds = await announce(deps, owner, 20)
    const isPending = async () =>
      (await harness.database.pool.query(`select from webhook_deliveries where state = 'pending' limit 1`)).rowCount
    let looks = 0
    for (let step = 0; (await isPending()) && step < 2_000; step += 1) {
      looks += await drainWebhooks(deps)
      harness.clock.advance('15m')
    }
    const { rows } = await harness.database.pool.query(
      'select state, count(*)::int, max(attempts) from webhook_deliveries group by state',
    )
    expect(rows).toMatchObject([{ state: 'delivered', count: 200 }])
    expect(accepted.size).toBe(200)
    expect(new Set([...requests.keys()].map((message) => message.split(' ')[1]))).toEqual(new Set(eventIds))
    expect(Math.max(...requests.values())).toBeLessThanOrEqual(10)
    expect(Math.max(...requests.values())).toBeGreaterThan(3)
    const attempts = [...requests.values()].reduce((sum, count) => sum + count, 0)
    expect(looks).toBeLessThan(3 * attempts)
  }, 180_000)
})

describe('an endpoint that hangs', () => {
  it('delays no other: real workers hand 95 % of 60 messages to a healthy one in time', async () => {
    const hanging = await receiver(() => undefined)
    const healthy = await receiver()
    const webhooks = httpWebhookSender({ allowsHttp: true, timeoutMs: 4_000 })
    open.push(webhooks)
    const { db, vault } = harness.deps
    const [one, other] = [await harness.given.organisation(), await harness.given.organisation()]
    await drainWebhooks(harness.deps)
    const jobs = await bullmqJobQueue({
      backend: { kind: 'postgres', connectionString: harness.database.url },
      log: silentLog,
    })
    const deps = { ...harness.deps, jobs, webhooks, clock: systemClock }
    for (let n = 0; n < 3; n += 1) await givenEndpoint({ db, vault, clock: systemClock }, one, { url: hanging.url })
    await givenEndpoint({ db, vault, clock: systemClock }, other, { url: healthy.url })
    await announce(deps, one, 60)
    const worker = await runWorker({
      ...{ deps, jobs: webhookJobs, subscriptions: webhookSubscriptions, schedules: [], sequences: [] },
      ...{ withRelay: true, concurrency: 2, log: silentLog },
    })
    open.push({
      close: async () => {
        await worker.stop(10_000)
        await jobs.close()
      },
    })
    await vi.waitFor(() => expect(hanging.received.length).toBeGreaterThan(5), { timeout: 10_000 })
    const announcedAt = new Map<string, number>()
    for (let n = 0; n < 60; n += 1) {
      const [eventId = ''] = await announce(deps, other)
      announcedAt.set(eventId, performance.now())
    }
    const delays = () =>
      healthy.received.flatMap(
        ({ at, headers }) => at - (announcedAt.get(headers['webhook-id'] ?? '') ?? Number.NaN) || [],
      )
    // RELIABILITY WH asks for 5 s, which a machine that runs nothing else keeps with ease; waiting for one of the
    // hanging endpoint's pauses would take minutes.
    await vi.waitFor(() => expect(delays().filter((delay) => delay < 10_000).length).toBeGreaterThanOrEqual(57), {
      timeout: 30_000,
    })
  }, 60_000)
})
