import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { mountRoute, type Platform } from '../../../src/http/mount.ts'
import { rateLimiter } from '../../../src/http/rate-limit.ts'
import { routeCollector } from '../../../src/http/route.ts'
import { sealedBox } from '../../../src/http/sealed-box.ts'
import { httpServer } from '../../../src/http/server.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { notificationRoutes } from '../../../src/modules/notifications/routes.ts'
import { reviewRoutes } from '../../../src/modules/review/routes.ts'
import { testClock } from '../../support/clock.ts'
import { silentLog, useTestDatabase } from '../../support/db.ts'

export type ReviewApi = ReturnType<typeof useReviewApi>
type CallOptions = { as?: Principal; body?: unknown; key?: string }
// biome-ignore lint/suspicious/noExplicitAny: answers are inspected field by field
type Answer = { status: number; body: any }

/** The routes of review and notifications on a database of its own, empty before each test; a user id is its token. */
export function useReviewApi() {
  const database = useTestDatabase()
  const clock = testClock()
  const { api, routes } = routeCollector()
  reviewRoutes(api, { clock })
  notificationRoutes(api, { clock })
  const signedIn = new Map<string, Principal>()
  let app: FastifyInstance
  beforeAll(async () => {
    app = httpServer({ publicUrl: 'http://test', log: quiet(), hasBackpressure: false })
    const platform = {
      ...platformOn(clock),
      db: database.db,
      authenticate: async (token: string) => signedIn.get(token),
    }
    for (const route of routes) mountRoute(app, platform, route)
    await app.ready()
  })
  afterAll(() => app?.close())
  beforeEach(() => database.reset())

  const call = async (method: 'GET' | 'POST', url: string, { as, body, key }: CallOptions = {}): Promise<Answer> => {
    if (as) signedIn.set(as.userId, as)
    const headers = {
      ...(as && { authorization: `Bearer ${as.userId}` }),
      ...(key !== undefined && { 'idempotency-key': key }),
    }
    const payload = body === undefined ? {} : { payload: body as object }
    const reply = await app.inject({ method, url, headers, ...payload })
    return { status: reply.statusCode, body: reply.body === '' ? undefined : JSON.parse(reply.body) }
  }
  const rowsOf = async (sql: string, ...values: unknown[]): Promise<Record<string, unknown>[]> =>
    (await database.pool.query(sql, values)).rows
  return {
    clock,
    routes,
    call,
    rowsOf,
    get deps() {
      return { db: database.db, clock }
    },
    eventsOf: (type: string) => rowsOf('select data from outbox_events where type = $1 order by seq', type),
  }
}

function platformOn(clock: Platform['clock']): Omit<Platform, 'db' | 'authenticate'> {
  const policy = (name: string) => ({ name, limit: 10_000, windowMs: 60_000 })
  return {
    clock,
    limiter: rateLimiter(() => clock.now().getTime()),
    policies: { general: policy('default'), login: policy('login') },
    boxes: { cursor: sealedBox('k'.repeat(32), 'cursor'), idempotency: sealedBox('k'.repeat(32), 'idempotency') },
  }
}

/** Fastify asks for a whole pino; the tests want none of its lines. */
function quiet() {
  const log = { ...silentLog, level: 'silent', fatal: () => {}, trace: () => {}, silent: () => {}, child: () => log }
  return log
}
