import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll } from 'vitest'
import type { Database } from '../../src/db/client.ts'
import { mountDocumentation } from '../../src/http/documentation.ts'
import { mountHealth, type Readiness } from '../../src/http/health.ts'
import { httpMetrics } from '../../src/http/metrics.ts'
import { mountRoute, type Platform } from '../../src/http/mount.ts'
import { openApiDocument } from '../../src/http/openapi.ts'
import { rateLimiter } from '../../src/http/rate-limit.ts'
import { sealedBox } from '../../src/http/sealed-box.ts'
import { httpServer } from '../../src/http/server.ts'
import { newId } from '../../src/kernel/ids.ts'
import type { Log } from '../../src/kernel/log.ts'
import { type Role, roles } from '../../src/kernel/permissions.ts'
import type { Principal } from '../../src/kernel/principal.ts'
import { type TestClock, testClock } from '../support/clock.ts'
import { type TestDatabase, useTestDatabase } from '../support/db.ts'
import { call, type HttpClient } from '../support/http.ts'
import { createThings, type Turnstile, thingRoutes } from './things.ts'

export type LogLine = { level: keyof Log; fields: Record<string, unknown>; message: string }

export type PlatformOptions = {
  generalLimit?: number
  loginLimit?: number
  handlerTimeoutMs?: number
  readiness?(): Promise<Readiness>
  /** In place of the file's database: for tests that cut the connection. */
  database?: Pick<Database, 'db'>
}

export type TestPlatform = {
  app: FastifyInstance
  clock: TestClock
  client: HttpClient
  /** A client that is signed in; every name is a user of its own. */
  as(name: Role | string): HttpClient
  principals: Map<string, Principal>
  logged: LogLine[]
  turnstile: Turnstile
}

export const publicUrl = 'https://api.example.cn'
export const tokenOf = (name: string) => `token-of-${name}-0123456789`

/** The HTTP platform on throw-away routes, so that its guarantees are tested apart from every business module. */
export async function testPlatform(database: TestDatabase, options: PlatformOptions = {}): Promise<TestPlatform> {
  const clock = testClock()
  const logged: LogLine[] = []
  const turnstile = newTurnstile()
  const principals = new Map<string, Principal>(roles.map((role) => [tokenOf(role), principalWith({ role })]))
  const app = httpServer({
    publicUrl,
    log: recordingLog(logged),
    hasBackpressure: false,
    ...(options.handlerTimeoutMs === undefined ? {} : { handlerTimeoutMs: options.handlerTimeoutMs }),
  })
  const routes = thingRoutes(turnstile)
  const metrics = httpMetrics(app)
  mountHealth(app, { readiness: options.readiness ?? (async () => ({ isReady: true, checks: {} })), metrics })
  const minute = 60_000
  const platform: Platform = {
    db: (options.database ?? database).db,
    clock,
    authenticate: async (token) => principals.get(token),
    limiter: rateLimiter(() => clock.now().getTime()),
    policies: {
      general: { name: 'default', limit: options.generalLimit ?? 1_000_000, windowMs: minute },
      login: { name: 'login', limit: options.loginLimit ?? 1_000_000, windowMs: minute },
    },
    boxes: { cursor: sealedBox('k'.repeat(32), 'cursor'), idempotency: sealedBox('k'.repeat(32), 'idempotency') },
  }
  for (const route of routes) mountRoute(app, platform, route)
  await mountDocumentation(app, openApiDocument(routes, '1.0.0'))
  await app.ready()
  const as = (name: string) => {
    if (!principals.has(tokenOf(name))) principals.set(tokenOf(name), principalWith({ role: 'member' }))
    return call(app, tokenOf(name))
  }
  return { app, clock, client: call(app), as, principals, logged, turnstile }
}

/** A database with the throw-away table and a platform on it, for one test file. */
export function usePlatform(options: PlatformOptions = {}): TestPlatform & { database: TestDatabase } {
  const database = useTestDatabase()
  let platform: TestPlatform | undefined
  beforeAll(async () => {
    await createThings(database.pool)
    platform = await testPlatform(database, options)
  })
  afterAll(() => platform?.app.close())
  const read = <K extends keyof TestPlatform>(key: K): TestPlatform[K] => {
    if (platform === undefined) throw new Error('the platform exists only inside tests')
    return platform[key]
  }
  return {
    database,
    get app() {
      return read('app')
    },
    get clock() {
      return read('clock')
    },
    get client() {
      return read('client')
    },
    get principals() {
      return read('principals')
    },
    get logged() {
      return read('logged')
    },
    get turnstile() {
      return read('turnstile')
    },
    as: (name) => read('as')(name),
  }
}

export function principalWith(given: Partial<Principal>): Principal {
  return {
    userId: newId('user'),
    orgId: newId('organisation'),
    orgKind: 'enterprise',
    market: 'xixian',
    isOrgVerified: true,
    role: 'member',
    ...given,
  }
}

function recordingLog(logged: LogLine[]): Log {
  const at = (level: keyof Log) => (fields: object, message: string) => {
    logged.push({ level, fields: { ...fields }, message })
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** Lets a test hold a handler, learn that it has arrived, and let it go on. */
function newTurnstile(): Turnstile {
  let arrived = 0
  let isOpen = true
  let release: (() => void)[] = []
  return {
    close: () => {
      arrived = 0
      isOpen = false
    },
    open: () => {
      isOpen = true
      for (const go of release) go()
      release = []
    },
    pass: async () => {
      arrived += 1
      if (!isOpen) await new Promise<void>((resolve) => release.push(resolve))
    },
    arrivals: async (count) => {
      for (let round = 0; arrived < count && round < 500; round += 1) await sleep(10)
      if (arrived < count) throw new Error(`only ${arrived} of ${count} requests arrived`)
    },
  }
}
