import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { memoryLiveChannel } from '../../../src/adapters/live/memory.ts'
import type { Db } from '../../../src/db/client.ts'
import { rateLimiter } from '../../../src/http/rate-limit.ts'
import { routeCollector } from '../../../src/http/route.ts'
import { httpServer } from '../../../src/http/server.ts'
import { mountStream } from '../../../src/http/sse/mount-stream.ts'
import { type OpenStreams, openStreams } from '../../../src/http/sse/open-streams.ts'
import { sharedReads } from '../../../src/http/sse/shared-reads.ts'
import type { StreamTimings } from '../../../src/http/sse/timings.ts'
import { AppError } from '../../../src/kernel/errors.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import type { LiveChannel } from '../../../src/ports/live-channel.ts'
import { silentLog } from '../../support/db.ts'
import { principalWith } from '../platform.ts'

export type Ticker = {
  app: FastifyInstance
  origin: string
  live: LiveChannel
  open: OpenStreams
  /** Rows of the stream; their place is their number. */
  rows: string[]
  /** What the source and the sign-in answer, for the test to change. */
  state: { isOver: boolean; isDown: boolean; isHidden: boolean; isSignedOut: boolean }
  /** How often rows were read. */
  reads(): number
  add(...texts: string[]): void
}

export const token = 'token-of-somebody-0123456789'
const quick: StreamTimings = { retryMs: 3_000, heartbeatMs: 40, renewalMs: 60_000, stallMs: 300 }

/** A public stream over rows in memory, on a server that listens: what the platform promises, apart from every module. */
export async function startTicker(timings: Partial<StreamTimings> = {}): Promise<Ticker> {
  const app = httpServer({
    publicUrl: 'https://api.example.cn',
    log: silentLog,
    hasBackpressure: false,
    handlerTimeoutMs: 50,
  })
  const live = memoryLiveChannel()
  const rows: string[] = []
  const state = { isOver: false, isDown: false, isHidden: false, isSignedOut: false }
  let reads = 0
  const { api, streams } = routeCollector()
  api.stream('/v1/ticker/stream', {
    ...{ operationId: 'streamTicker', summary: 'Follow the ticker', tag: 'Search', permission: 'search.read' },
    events: { ready: z.object({}), tick: z.object({ text: z.string() }) },
    examples: [],
    open: async () => {
      if (state.isHidden) throw new AppError('NOT_FOUND', 'There is no such ticker, or you may not see it.')
      return {
        ...{ topics: ['ticker'], sharedAs: 'ticker' },
        greeting: async () => ({}),
        extent: async () => ({ floor: 0, last: rows.length }),
        read: async ({ after, limit }) => {
          reads += 1
          if (state.isDown) throw new Error('the database is away')
          const page = rows.slice(after, after + limit)
          const events = page.map((text, index) => ({
            id: after + index + 1,
            event: 'tick',
            data: { text, secret: 'no' },
          }))
          return { events, isOver: state.isOver && after + page.length === rows.length }
        },
      }
    },
  })
  const principal: Principal = principalWith({})
  const open = openStreams(app)
  const general = { name: 'default', limit: 1_000_000, windowMs: 60_000 }
  for (const stream of streams) {
    mountStream(
      app,
      {
        ...{ live, open, log: silentLog, timings: { ...quick, ...timings }, share: sharedReads(), answers: 'trimmed' },
        db: {} as Db,
        authenticate: async (given) => (given === token ? principal : undefined),
        access: {
          redeem: async () => undefined,
          renew: async () => (state.isSignedOut ? undefined : principal),
          topicOf: ({ userId }) => `access:${userId}`,
        },
        ...{ limiter: rateLimiter(() => 0), policies: { general, login: general } },
      },
      stream,
    )
  }
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  return {
    ...{ app, live, open, rows, state, origin: `http://127.0.0.1:${port}`, reads: () => reads },
    add: (...texts) => {
      rows.push(...texts)
      live.nudge(['ticker'])
    },
  }
}
