import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { bullmqJobQueue } from '../src/adapters/jobs/bullmq.ts'
import { startApi } from '../src/boot/api-server.ts'
import { readConfig } from '../src/config.ts'
import { systemClock } from '../src/kernel/clock.ts'
import { isTracing } from '../src/kernel/tracing.ts'
import { demandKind } from '../src/modules/demands/index.ts'
import { jobs, subscriptions } from '../src/registry.ts'
import { runWorker } from '../src/run-worker.ts'
import { startTelemetry } from '../src/telemetry.ts'
import { traceJobs } from '../src/trace-jobs.ts'
import { silentLog } from './support/db.ts'
import { bodyOf, given } from './support/given.ts'
import { newAccessToken, useHarness } from './support/harness.ts'
import { freePort } from './support/product.ts'

const attribute = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) })
const span = z.object({
  ...{ traceId: z.string(), spanId: z.string(), parentSpanId: z.string().optional(), name: z.string() },
  attributes: z.array(attribute),
})
const request = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(attribute) }),
      scopeSpans: z.array(z.object({ spans: z.array(span) })),
    }),
  ),
})
type Span = z.infer<typeof span>

/** What an OpenTelemetry collector is to us: POST /v1/traces in OTLP's JSON. */
async function startCollector() {
  const spans: Span[] = []
  const server = createServer(async (incoming, response) => {
    const { resourceSpans } = request.parse(JSON.parse(await text(incoming)))
    expect(incoming.url).toBe('/v1/traces')
    expect(resourceSpans[0]?.resource.attributes).toContainEqual({
      ...{ key: 'service.name', value: { stringValue: 'queqiao-api' } },
    })
    spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)))
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { endpoint, spans, close: () => new Promise((resolve) => server.close(resolve)) }
}

const harness = useHarness()
const { database } = harness
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
let collector: Awaited<ReturnType<typeof startCollector>>

beforeAll(async () => {
  collector = await startCollector()
})
afterAll(() => collector.close())

function configWith(environment: Record<string, string>) {
  return readConfig({
    DATABASE_URL: database.url,
    SECRET_KEY: 'a secret key for tests, 32+ characters',
    ...environment,
  })
}

describe('without OTEL_EXPORTER_OTLP_ENDPOINT', () => {
  it('nothing is traced, and events carry nothing', async () => {
    const end = await startTelemetry(configWith({}), 'queqiao-api')
    expect(isTracing()).toBe(false)
    await given({ db: database.db, clock: systemClock }).publishedDemand()
    const { rows } = await database.pool.query(
      "select count(*)::int as count from outbox_events where data ? 'traceparent'",
    )
    expect(rows).toEqual([{ count: 0 }])
    await end()
  })
})

describe('with a collector', () => {
  it('gets one trace of a request, its statements and the jobs that follow, without any value', async () => {
    const made = given({ db: database.db, clock: systemClock })
    await made.market({ publishOnSubmit: true })
    const owner = await made.organisation()
    const token = await newAccessToken({ db: database.db, clock: systemClock }, owner)
    const config = configWith({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, PORT: String(await freePort()) })
    const api = await startApi(config, { log: silentLog, drainDelayMs: 0, hasBackpressure: false })
    const queue = await bullmqJobQueue({
      backend: { kind: 'postgres', connectionString: database.url },
      log: silentLog,
    })
    const worker = await runWorker({
      ...{
        deps: { ...harness.deps, db: database.db, clock: systemClock, jobs: queue },
        subscriptions,
        withRelay: true,
      },
      ...{ jobs: traceJobs(jobs), schedules: [], sequences: [], concurrency: 2, log: silentLog },
    })
    const post = async (path: string, body: unknown) => {
      const answer = await fetch(`${api.url}${path}`, {
        method: 'POST',
        headers: {
          ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
        },
        body: JSON.stringify(body),
      })
      return (await answer.json()) as { id: string }
    }
    const { id } = await post('/v1/demands', bodyOf(demandKind, { title: '只有本人知道的题目' }))
    await post(`/v1/demands/${id}/submit`, {})
    await post('/v1/demands', { title: 1 })
    const isMatched = async () => {
      const { rows } = await database.pool.query(
        `select from listings join match_documents m on m.listing_id = id join search_documents s on s.listing_id = id
         where listings.title = '只有本人知道的题目'`,
      )
      expect(rows.length).toBe(1)
    }
    await vi.waitFor(isMatched, { timeout: 15_000, interval: 50 })
    await worker.stop(5_000)
    await queue.close()
    await api.stop()
    expect(isTracing()).toBe(false)

    const ours = collector.spans.filter((one) => one.traceId === traceId)
    const server = ours.find(({ name }) => name === 'POST /v1/demands/:id/submit')
    expect(server).toMatchObject({
      parentSpanId: '00f067aa0ba902b7',
      attributes: expect.arrayContaining([{ key: 'http.response.status_code', value: { intValue: 200 } }]),
    })
    const below = ours.filter(({ parentSpanId }) => parentSpanId === server?.spanId).map(({ name }) => name)
    expect(below).toEqual(expect.arrayContaining(['select', 'update', 'insert']))
    const names = new Set(ours.map(({ name }) => name))
    expect([...names]).toEqual(expect.arrayContaining(['matching.match-listing', 'search.index-listing']))
    const refused = ours.find(({ attributes }) => attributes.some(({ key }) => key === 'error.type'))
    expect(refused?.attributes).toContainEqual({ key: 'error.type', value: { stringValue: 'VALIDATION_FAILED' } })
    expect(JSON.stringify(collector.spans)).not.toMatch(/只有本人知道|@example\.com|Bearer/)
  })
})
