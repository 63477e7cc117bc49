import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { mountRoute, type Platform } from '../../../src/http/mount.ts'
import { rateLimiter } from '../../../src/http/rate-limit.ts'
import { routeCollector } from '../../../src/http/route.ts'
import { sealedBox } from '../../../src/http/sealed-box.ts'
import { httpServer } from '../../../src/http/server.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { matchingRoutes } from '../../../src/modules/matching/routes.ts'
import { testClock } from '../../support/clock.ts'
import { silentLog, useTestDatabase } from '../../support/db.ts'
import { call, type HttpClient } from '../../support/http.ts'

/** The routes of matching on a database of its own, empty before each test; a user id is its token. */
export function useMatchingApi() {
  const database = useTestDatabase()
  const clock = testClock()
  const { api, routes } = routeCollector()
  matchingRoutes(api, { clock })
  const signedIn = new Map<string, Principal>()
  let app: FastifyInstance
  beforeAll(async () => {
    app = httpServer({ publicUrl: 'http://test', log: quiet(), hasBackpressure: false })
    const authenticate = async (token: string) => signedIn.get(token)
    const platform = { ...platformOn(clock), db: database.db, authenticate }
    for (const route of routes) mountRoute(app, platform, route)
    await app.ready()
  })
  afterAll(() => app?.close())
  beforeEach(() => database.reset())
  return {
    routes,
    get deps() {
      return { db: database.db, clock }
    },
    rowsOf: async (sql: string): Promise<Record<string, unknown>[]> => (await database.pool.query(sql)).rows,
    anonymous: (): HttpClient => call(app),
    as: (principal: Principal): HttpClient => {
      signedIn.set(principal.userId, principal)
      return call(app, principal.userId)
    },
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
