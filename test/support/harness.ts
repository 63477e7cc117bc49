import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll } from 'vitest'
import { type InlineJobQueue, inlineJobQueue } from '../../src/adapters/jobs/inline.ts'
import { memoryLiveChannel } from '../../src/adapters/live/memory.ts'
import { storedMailer } from '../../src/adapters/mail/stored.ts'
import { postgresSearchEngine } from '../../src/adapters/search/postgres.ts'
import { postgresSearchIndex } from '../../src/adapters/search/postgres-index.ts'
import { type MemoryWebhookSender, memoryWebhookSender } from '../../src/adapters/webhooks/memory.ts'
import { type AppOptions, buildApp } from '../../src/app.ts'
import { listingKinds } from '../../src/compose.ts'
import type { Deps } from '../../src/deps.ts'
import type { Log } from '../../src/kernel/log.ts'
import type { Role } from '../../src/kernel/permissions.ts'
import type { Principal } from '../../src/kernel/principal.ts'
import { attachmentLinks } from '../../src/modules/attachments/index.ts'
import { newSession } from '../../src/modules/identity/new-session.ts'
import { insertSession } from '../../src/modules/identity/session-repo.ts'
import { mailLinks } from '../../src/modules/notifications/index.ts'
import { relayBatch } from '../../src/outbox/index.ts'
import { jobs, sequences, subscriptions } from '../../src/registry.ts'
import { sequenceRows } from '../../src/sequencer/index.ts'
import { type TestClock, testClock } from './clock.ts'
import { silentLog, type TestDatabase, useTestDatabase } from './db.ts'
import { testFiles } from './files.ts'
import { type Given, given } from './given.ts'
import { call, type HttpClient } from './http.ts'
import { testVault } from './vault.ts'

export type Harness = {
  app: FastifyInstance
  deps: Deps & { jobs: InlineJobQueue; webhooks: MemoryWebhookSender }
  clock: TestClock
  database: TestDatabase
  /** What has to be there before a test begins; a new one after `reset()`. */
  given: Given
  /** Not signed in. */
  client: HttpClient
  /** A client signed in as somebody `given` made, or as a new user of that role in the market ningbo. */
  as(who: Principal | Role): Promise<HttpClient>
  /** An access token of a new session. */
  tokenOf(who: Principal): Promise<string>
  /** Relays events, runs jobs and numbers rows for streams until nothing is left to do. @returns how many jobs ran. */
  drain(): Promise<number>
  /** An empty database with nobody in it. */
  reset(): Promise<void>
}

export type HarnessOptions = Partial<
  Pick<AppOptions, 'rateLimitPerMinute' | 'loginLimitPerMinute' | 'readiness' | 'streamTimings'>
> & { log?: Log }

const maxRounds = 50

/** No limits in the way, and every answer checked by its schema. */
export const testAppOptions: AppOptions = {
  publicUrl: 'https://api.example.cn',
  secretKey: 'a secret key for tests, 32+ characters',
  version: '0.0.0-test',
  rateLimitPerMinute: 1_000_000,
  loginLimitPerMinute: 1_000_000,
  hasBackpressure: false,
  answers: 'checked',
  readiness: async () => ({ isReady: true, checks: {} }),
}

/** The whole product in one process for one test file: real PostgreSQL and search, a clock to advance, jobs in turn. */
export function useHarness(options: HarnessOptions = {}): Harness {
  const database = useTestDatabase()
  let harness: Harness | undefined
  beforeAll(async () => {
    harness = await makeHarness(database, options)
  })
  afterAll(() => harness?.app.close())
  const get = () => {
    if (harness === undefined) throw new Error('the harness exists only inside tests and hooks')
    return harness
  }
  return {
    database,
    get app() {
      return get().app
    },
    get deps() {
      return get().deps
    },
    get clock() {
      return get().clock
    },
    get given() {
      return get().given
    },
    get client() {
      return get().client
    },
    as: (who) => get().as(who),
    tokenOf: (who) => get().tokenOf(who),
    drain: () => get().drain(),
    reset: () => get().reset(),
  }
}

async function makeHarness(database: TestDatabase, { log = silentLog, ...options }: HarnessOptions): Promise<Harness> {
  const clock = testClock()
  const { db } = database
  const deps = {
    ...{ db, clock, log, listingKinds },
    jobs: inlineJobQueue(clock),
    search: postgresSearchEngine({ db }),
    webhooks: memoryWebhookSender(),
    vault: testVault,
    mailer: storedMailer({ db, clock, from: '鹊桥 <no-reply@example.cn>' }),
    mailLinks: mailLinks({ publicUrl: 'https://api.example.cn', secretKey: 'a secret key for tests, 32+ characters' }),
    live: memoryLiveChannel(),
    files: testFiles,
    attachmentLinks: attachmentLinks(testAppOptions),
    searchIndexes: [postgresSearchIndex({ db })],
  }
  const app = await buildApp(deps, { ...testAppOptions, ...options })
  await app.ready()
  let made = given(deps)
  const tokenOf = (who: Principal) => newAccessToken(deps, who)
  const signIn = async (who: Principal | Role) => {
    const principal = typeof who === 'string' ? await newUser(made, who) : who
    return call(app, await tokenOf(principal))
  }
  const reset = async () => {
    await database.reset()
    made = given(deps)
  }
  return {
    ...{ app, deps, clock, database, reset, client: call(app), as: signIn, tokenOf, drain: () => drain(deps) },
    get given() {
      return made
    },
  }
}

async function newUser(made: Given, role: Role): Promise<Principal> {
  if (role === 'operator') return made.operator()
  if (role === 'broker') return made.broker()
  const owner = await made.organisation()
  return role === 'owner' ? owner : made.user(owner, role)
}

/** A session as logging in makes it, without the 50 ms that checking a password takes. */
export async function newAccessToken(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { userId }: Principal,
): Promise<string> {
  const { session, issued } = newSession({ userId: userId, deviceHash: null }, clock.now())
  await insertSession(db, session, issued.refreshHash)
  return issued.tokens.accessToken
}

async function drain(deps: Harness['deps']): Promise<number> {
  let total = 0
  for (let round = 0; round < maxRounds; round += 1) {
    const events = await relayBatch(deps, subscriptions)
    const ran = await deps.jobs.runAll(jobs, deps)
    let numbered = 0
    for (const sequence of sequences) numbered += await sequenceRows(deps, sequence)
    total += ran
    if (events === 0 && ran === 0 && numbered === 0) return total
  }
  throw new Error(`events and jobs still cause each other after ${maxRounds} rounds`)
}
