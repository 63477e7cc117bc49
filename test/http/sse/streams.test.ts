import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type EventStream, openEventStream } from '../../support/event-stream.ts'
import { call } from '../../support/http.ts'
import { startTicker, type Ticker, token } from './stream-platform.ts'

let ticker: Ticker
const streams: EventStream[] = []
const open = async (options: Parameters<typeof openEventStream>[1] = {}) => {
  const stream = await openEventStream(`${ticker.origin}/v1/ticker/stream`, options)
  streams.push(stream)
  return stream
}
const texts = (stream: EventStream) =>
  stream.events.filter(({ event }) => event === 'tick').map(({ data }) => (data as { text: string }).text)

beforeEach(async () => {
  ticker = await startTicker()
})
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.close()
  await ticker.app.close()
})

/** Another one without heartbeats. */
async function restarted(timings: Parameters<typeof startTicker>[0] = {}): Promise<Ticker> {
  await ticker.app.close()
  return startTicker({ heartbeatMs: 60_000, ...timings })
}

describe('a stream', () => {
  it('is not cut by the handler timeout, and lets no undeclared field out', async () => {
    const stream = await open()
    await stream.until('ready')
    await vi.waitUntil(() => (stream.text().match(/: heartbeat/g) ?? []).length >= 3)
    ticker.add('one')
    const [tick] = await stream.until('tick')
    expect(tick).toEqual({ id: '1', event: 'tick', data: { text: 'one' } })
  })

  it('takes at most 50 from one address and more when one leaves (SSE-4)', async () => {
    const many = await Promise.all(Array.from({ length: 50 }, () => open()))
    expect((await open()).status).toBe(429)
    many[0]?.close()
    await vi.waitUntil(() => ticker.open.size === 49)
    expect((await open()).status).toBe(200)
  })

  it('reads once for all who watch the same', async () => {
    ticker = await restarted()
    const watchers = await Promise.all(Array.from({ length: 40 }, () => open()))
    await Promise.all(watchers.map((one) => one.until('ready')))
    const before = ticker.reads()
    ticker.add('one', 'two')
    await Promise.all(watchers.map((one) => one.until('tick', 2)))
    expect(watchers.every((one) => one.ids('tick').join() === '1,2')).toBe(true)
    expect(ticker.reads() - before).toBe(1)
  })

  it('outlives an outage of the database and then has everything', async () => {
    const stream = await open()
    await stream.until('ready')
    ticker.state.isDown = true
    ticker.add('meanwhile')
    const before = ticker.reads()
    await vi.waitUntil(() => ticker.reads() > before)
    ticker.state.isDown = false
    await stream.until('tick')
    expect(texts(stream)).toEqual(['meanwhile'])
  })

  it('finds by the next heartbeat what no nudge told it of', async () => {
    const stream = await open()
    await stream.until('ready')
    ticker.rows.push('unheard')
    await stream.until('tick')
  })

  it('answers HEAD with 405: nobody reads what it would open', async () => {
    const response = await ticker.app.inject({ method: 'HEAD', url: '/v1/ticker/stream' })
    expect([response.statusCode, response.headers.allow]).toEqual([405, 'GET'])
  })
})

describe('a slow client', () => {
  const heavy = 'x'.repeat(20_000)

  it('falls behind without filling the memory, and gets everything when it reads on', async () => {
    ticker = await restarted({ stallMs: 20_000 })
    const stream = await open()
    await stream.until('ready')
    stream.pause()
    ticker.add(...Array.from({ length: 1_000 }, () => heavy))
    const readsAtRest = await settledReads()
    // Of ten pages of 2 MB each: what the socket's buffers take, the bound of 1 MB, and the rest of a page.
    expect(readsAtRest).toBeLessThan(8)
    stream.resume()
    await stream.until('tick', 1_000)
    expect(stream.ids('tick')).toEqual(Array.from({ length: 1_000 }, (_, n) => n + 1))
  })

  it('is dropped with resync when it takes nothing for too long (SSE-4)', async () => {
    const stream = await open()
    await stream.until('ready')
    stream.pause()
    ticker.add(...Array.from({ length: 500 }, () => heavy))
    await vi.waitUntil(() => ticker.open.size === 0, { timeout: 5_000 })
    stream.resume()
    await stream.ended
    const received = stream.ids('tick')
    expect(received.length).toBeLessThan(500)
    expect(received).toEqual(received.map((_, n) => n + 1))
    expect(stream.events.at(-1)).toEqual({ event: 'resync', data: { reason: 'stalled' } })
  })

  /** Reads stop when the client has no room left. */
  async function settledReads(): Promise<number> {
    let before = -1
    await vi.waitUntil(
      () => {
        const isSettled = before === ticker.reads() && before > 1
        before = ticker.reads()
        return isSettled
      },
      { interval: 200, timeout: 5_000 },
    )
    return before
  }
})

describe('the end', () => {
  it('comes after the last event of what is over, and 204 tells a client not to come again', async () => {
    const stream = await open()
    await stream.until('ready')
    ticker.state.isOver = true
    ticker.add('last')
    await stream.ended
    expect(texts(stream)).toEqual(['last'])
    expect((await open({ lastEventId: 1 })).status).toBe(204)
    const late = await open({ lastEventId: 0 })
    await late.ended
    expect(texts(late)).toEqual(['last'])
  })

  it('comes when the server closes, which waits for no client (SSE-5)', async () => {
    const many = await Promise.all([open(), open({ token }), open()])
    await Promise.all(many.map((one) => one.until('ready')))
    const startedAt = performance.now()
    await ticker.app.close()
    await Promise.all(many.map((one) => one.ended))
    expect(performance.now() - startedAt).toBeLessThan(5_000)
    expect(ticker.open.size).toBe(0)
  })

  it('comes within the minute when the sign-in has ended or the resource is out of reach (SSE-3)', async () => {
    await ticker.app.close()
    ticker = await startTicker({ renewalMs: 50 })
    const signedIn = await open({ token })
    const anonymous = await open()
    await Promise.all([signedIn.until('ready'), anonymous.until('ready')])
    ticker.state.isSignedOut = true
    await signedIn.ended
    expect(signedIn.events.at(-1)).toEqual({ event: 'closed', data: { code: 'UNAUTHENTICATED' } })
    ticker.state.isHidden = true
    await anonymous.ended
    expect(anonymous.events.at(-1)).toEqual({ event: 'closed', data: { code: 'NOT_FOUND' } })
    expect((await call(ticker.app).open('/v1/ticker/stream')).statusCode).toBe(404)
  })
})
