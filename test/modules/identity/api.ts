import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { mountRoute, type Platform } from '../../../src/http/mount.ts'
import { rateLimiter } from '../../../src/http/rate-limit.ts'
import { type AnyRoute, routeCollector } from '../../../src/http/route.ts'
import { sealedBox } from '../../../src/http/sealed-box.ts'
import { httpServer } from '../../../src/http/server.ts'
import { completeOrganisationCode, completeUscc } from '../../../src/kernel/uscc.ts'
import {
  type Account,
  addUser,
  authenticate,
  bootstrapOperator,
  changeVerification,
  principalOf,
  type RegisterOrganisation,
  registerOrganisation,
} from '../../../src/modules/identity/index.ts'
import { identityRoutes } from '../../../src/modules/identity/routes.ts'
import { upsertMarket } from '../../../src/modules/markets/index.ts'
import { marketRoutes } from '../../../src/modules/markets/routes.ts'
import { taxonomyRoutes } from '../../../src/modules/taxonomy/routes.ts'
import { type TestClock, testClock } from '../../support/clock.ts'
import { silentLog, useTestDatabase } from '../../support/db.ts'

export const password = 'a meadow full of staples'
let counter = 0

/** Another e-mail and credit code each time. */
export function aRegistration(change: Partial<RegisterOrganisation> = {}): RegisterOrganisation {
  counter += 1
  return {
    kind: 'enterprise',
    name: `测试企业 ${counter}`,
    uscc: completeUscc(`91330206${completeOrganisationCode(String(10_000_000 + counter))}`),
    market: 'ningbo-beilun',
    user: { email: `user${counter}@example.com`, displayName: '测试', password },
    ...change,
  }
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'
type CallOptions = { as?: string; body?: unknown; headers?: Record<string, string> }
// biome-ignore lint/suspicious/noExplicitAny: answers are inspected field by field
type Answer = { status: number; headers: Record<string, unknown>; body: any }

export type TestApi = {
  readonly db: ReturnType<typeof useTestDatabase>['db']
  readonly pool: ReturnType<typeof useTestDatabase>['pool']
  readonly clock: TestClock
  readonly deps: { db: TestApi['db']; clock: TestClock }
  readonly routes: readonly AnyRoute[]
  call(method: Method, url: string, options?: CallOptions): Promise<Answer>
  /** The access token after a real sign-in. */
  signIn(account: Account): Promise<string>
  auditOf(action: string): Promise<Record<string, unknown>[]>
  eventsOf(type: string): Promise<Record<string, unknown>[]>
}

/** An API of the upstream modules on a database of its own; before each test it is empty but for three markets. */
export function useTestApi(): TestApi {
  const database = useTestDatabase()
  const clock = testClock()
  const { api, routes } = routeCollector()
  identityRoutes(api, { clock })
  marketRoutes(api)
  taxonomyRoutes(api)
  let app: FastifyInstance
  beforeAll(async () => {
    app = httpServer({ publicUrl: 'http://test', log: loggerOf(), hasBackpressure: false })
    const platform = platformOf(database.db, clock)
    for (const route of routes) mountRoute(app, platform, route)
    await app.ready()
  })
  afterAll(() => app?.close())
  beforeEach(async () => {
    await database.reset()
    await seedMarkets({ db: database.db, clock })
  })
  const rowsOf = async (sql: string, parameter: string) => (await database.pool.query(sql, [parameter])).rows
  const call = (method: Method, url: string, options?: CallOptions) => callOn(app, { method, url }, options)
  return {
    get db() {
      return database.db
    },
    get pool() {
      return database.pool
    },
    clock,
    get deps() {
      return { db: database.db, clock }
    },
    routes,
    call,
    signIn: async ({ user }) =>
      (await call('POST', '/v1/auth/login', { body: { email: user.email, password } })).body.accessToken,
    auditOf: (action) => rowsOf('select * from audit_entries where action = $1 order by seq', action),
    eventsOf: (type) => rowsOf('select * from outbox_events where type = $1 order by seq', type),
  }
}

async function callOn(
  app: FastifyInstance,
  { method, url }: { method: Method; url: string },
  { as, body, headers }: CallOptions = {},
): Promise<Answer> {
  const request: InjectOptions = {
    method,
    url,
    headers: { ...(as === undefined ? {} : { authorization: `Bearer ${as}` }), ...headers },
    ...(body === undefined ? {} : { payload: body as object }),
  }
  const { statusCode, headers: answered, body: text } = await app.inject(request)
  return { status: statusCode, headers: answered, body: text === '' ? undefined : JSON.parse(text) }
}

export async function seedMarkets(deps: TestApi['deps']): Promise<void> {
  const rules = { publishOnSubmit: true }
  const ningbo = { code: 'ningbo', nameZh: '宁波科技大市场', nameEn: 'Ningbo', region: '330200', rules }
  await upsertMarket(deps, ningbo)
  await upsertMarket(deps, {
    ...ningbo,
    code: 'ningbo-beilun',
    parentCode: 'ningbo',
    nameEn: 'Beilun',
    region: '330206',
  })
  await upsertMarket(deps, { ...ningbo, code: 'jiangsu', nameEn: 'Jiangsu', region: '320000' })
}

/** An operator at the top of Ningbo, a pending enterprise in its branch, and an operator elsewhere. */
export async function givenCast(api: TestApi) {
  const operatorOf = (market: string) => {
    const { kind: _kind, ...input } = aRegistration({ market })
    return bootstrapOperator(api.deps, input)
  }
  const operator = await operatorOf('ningbo')
  const stranger = await operatorOf('jiangsu')
  const owner = await registerOrganisation(api.deps, aRegistration())
  return { operator, stranger, owner }
}

/** A member, broker or operator of the account's organisation, appointed by who may do so. */
export async function givenUser(api: TestApi, by: Account, role: 'member' | 'broker' | 'operator'): Promise<Account> {
  const { email, displayName } = aRegistration().user
  const input = { email, displayName, password, role, organisationId: by.organisation.id }
  return { organisation: by.organisation, user: await addUser(api.deps, principalOf(by), input) }
}

export async function givenVerified(api: TestApi, operator: Account, account: Account): Promise<Account> {
  const input = { id: account.organisation.id, decision: 'verify' } as const
  return { ...account, organisation: await changeVerification(api.deps, principalOf(operator), input) }
}

function platformOf(db: TestApi['db'], clock: TestClock): Platform {
  const policy = (name: string) => ({ name, limit: 10_000, windowMs: 60_000 })
  return {
    db,
    clock,
    authenticate: authenticate({ db, clock }),
    limiter: rateLimiter(() => clock.now().getTime()),
    policies: { general: policy('default'), login: policy('login') },
    boxes: { cursor: sealedBox('k'.repeat(32), 'cursor'), idempotency: sealedBox('k'.repeat(32), 'idempotency') },
  }
}

/** Fastify asks for a whole pino; the tests want none of its lines. */
function loggerOf() {
  const log = { ...silentLog, level: 'silent', fatal: () => {}, trace: () => {}, silent: () => {}, child: () => log }
  return log
}
