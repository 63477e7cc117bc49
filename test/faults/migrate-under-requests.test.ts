import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { prepareDatabase } from '../../src/boot/prepare-database.ts'
import { type Database, openDatabase } from '../../src/db/client.ts'
import { migrate, readMigrations } from '../../src/db/migrate.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { quantile } from '../bench/stage.ts'
import { findBlocking } from '../migration-rules.ts'
import { databaseUrl, temporaryDir } from '../support/cluster.ts'
import { silentLog } from '../support/db.ts'
import { textOf, watchLockWaits } from './migrations/lock-waits.ts'
import { fillMarket } from './migrations/market.ts'
import { writeReleases } from './migrations/next-release.ts'
import { type RequestFigures, startRequests } from './migrations/requests.ts'
import { sized } from './size.ts'
import { useApis } from './workers.ts'

const { rows, documents, perSecond, readerMs, backfilled } = sized({
  short: { rows: 20_000, documents: 500, perSecond: 50, readerMs: 1_500, backfilled: 2_000 },
  long: { rows: 1_000_000, documents: 20_000, perSecond: 200, readerMs: 4_000, backfilled: 50_000 },
})
const [mostMs, longestWaitMs] = [1_000, 2_000]
const warmUpMs = sized({ short: 2_000, long: 5_000 })
/** How long the program of today goes on with each of the schemas. */
const serveOnMs = sized({ short: 2_500, long: 5_000 })

const dataDir = temporaryDir(tmpdir())
const startApi = useApis()
let postgres: EmbeddedPostgres
let database: Database
let admin: pg.Pool
let directory = ''

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'queqiao-releases-'))
  // Durable as in production: an index that is built writes as much to the disk as the requests beside it.
  postgres = await startEmbeddedPostgres({ dataDir })
  await prepareDatabase(postgres.url, { hasJobsInPostgres: true })
  const limits = { poolSize: 4, statementTimeoutMs: 600_000, acquireTimeoutMs: 30_000, applicationName: 'fill' }
  database = openDatabase({ url: postgres.url, ...limits }, silentLog)
  admin = new pg.Pool({ connectionString: databaseUrl(postgres.adminUrl, 'queqiao'), max: 2 })
})
afterAll(async () => {
  await admin.end()
  await database.close()
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
  await rm(directory, { recursive: true, force: true })
})

it(`FT-13: ${perSecond} requests a second while the next two releases migrate ${rows} rows: none fails, p99 < 1 s`, async () => {
  const market = await fillMarket({ db: database.db, admin }, { rows, documents })
  const releases = await writeReleases(directory)
  const api = await startApi({
    ...{ DATABASE_URL: postgres.url, DATABASE_POOL_SIZE: '20', DATA_DIR: dataDir },
    ...{ RATE_LIMIT_PER_MINUTE: '1000000', LOGIN_LIMIT_PER_MINUTE: '1000000' },
  })
  await startRequests(api.origin, market, perSecond).stopAfter(warmUpMs)
  const before = await startRequests(api.origin, market, perSecond).stopAfter(warmUpMs)
  expect([...before.failures], 'failed before any migration').toEqual([])
  expect(p99Of(before), 'p99 in ms before any migration: what this machine makes of the load').toBeLessThan(mostMs)

  const waits = watchLockWaits(databaseUrl(postgres.adminUrl, 'queqiao'))
  const requests = startRequests(api.origin, market, perSecond)
  const startedAt = performance.now()
  const expected = await releases.expand()
  const reading = readFor(readerMs)
  const applied = (await migrate(postgres.url, directory)).applied
  await reading
  await backfill()
  await sleep(serveOnMs)
  const contracted = await releases.contract()
  applied.push(...(await migrate(postgres.url, directory)).applied)
  await sleep(serveOnMs)
  const seconds = (performance.now() - startedAt) / 1_000
  const { ms, failures, perSecond: sent } = await requests.stop()
  const { longest, looks } = await waits.stop()

  const all = Object.values(ms).flat()
  const [p50, p99, slowest] = [quantile(all, 0.5), quantile(all, 0.99), quantile(all, 1)]
  const byKind = Object.entries(ms).map(([kind, times]) => `${kind} ${quantile(times, 0.5)}/${quantile(times, 0.99)}`)
  process.stdout.write(
    `FT-13: ${applied.length} migrations in ${seconds.toFixed(1)} s beside ${all.length} requests (${sent.toFixed(0)}/s): p50 ${p50} ms, ` +
      `p99 ${p99} ms (before ${p99Of(before)}), the slowest ${slowest} ms (${byKind.join(', ')}); ${textOf(longest)}\n`,
  )
  expect((await readMigrations(directory)).slice(-applied.length).flatMap(findBlocking)).toEqual([])
  expect(applied.length).toBe(expected + contracted)
  expect([...failures]).toEqual([])
  expect(Object.entries(ms).filter(([, times]) => times.length === 0)).toEqual([])
  expect(sent).toBeGreaterThan(perSecond * 0.95)
  expect(p99).toBeLessThan(mostMs)
  expect(looks).toBeGreaterThan(seconds)
  expect(longest.ms, textOf(longest)).toBeLessThan(longestWaitMs)
})

function p99Of({ ms }: RequestFigures): number {
  return quantile(Object.values(ms).flat(), 0.99)
}

/** A statement that takes long, as a worker's may: whoever wants to change the table has to wait for it. */
async function readFor(forMs: number): Promise<void> {
  if (forMs > 0)
    await database.db.execute(`select count(*), pg_sleep(${forMs / 1_000}) from (select from listings limit 1) as one`)
}

/** As a job fills a new column: a batch in each transaction, so that no row is locked for long. */
async function backfill(): Promise<void> {
  for (let done = 0; done < backfilled; done += 1_000) {
    await database.pool.query(
      `update listings set next_rank = 2 where id in (select id from listings where next_rank <> 2 limit 1000 for update skip locked)`,
    )
    await sleep(10)
  }
}
