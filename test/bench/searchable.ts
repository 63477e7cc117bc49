import { fork } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { prepareDatabase } from '../../src/boot/prepare-database.ts'
import { openDatabase } from '../../src/db/client.ts'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { supplyKind } from '../../src/modules/supplies/index.ts'
import { projectRoot } from '../../src/project-root.ts'
import { given } from '../support/given.ts'
import { type Arrived, inParallel, type Latency, measurePublication } from './publication.ts'
import { syntheticListing } from './synthetic-listings.ts'

/**
 * `npm run bench:searchable -- [--seconds s] [--per-second n]`: publishes supplies at a steady rate beside a worker process
 * with all queues, and measures from the call that publishes to the moment a search finds the listing. Prints a table and
 * writes dist/bench-searchable.json.
 */
const { values: options } = parseArgs({
  options: { seconds: { type: 'string', default: '20' }, 'per-second': { type: 'string', default: '20' } },
})
const seconds = Number(options.seconds)
const perSecond = Number(options['per-second'])
const log = { debug: () => {}, info: () => {}, warn: console.warn, error: console.error }
const limits = { poolSize: 8, statementTimeoutMs: 60_000, acquireTimeoutMs: 30_000, applicationName: 'bench' }

/** Committed to the index is found: PostgreSQL's engine searches the table itself. */
const isIndexed: Arrived = async (pool, waiting) => {
  const sql = 'select listing_id as id from search_documents where listing_id = any($1::uuid[])'
  const { rows } = await pool.query<{ id: string }>(sql, [waiting])
  return rows.map(({ id }) => id)
}

const dataDir = await mkdtemp('/tmp/queqiao-bench-')
await rm(dataDir, { recursive: true })
const postgres = await startEmbeddedPostgres({ dataDir })
await prepareDatabase(postgres.url, { hasJobsInPostgres: true })
const environment = { DATABASE_URL: postgres.url, DATA_DIR: dataDir, LOG_LEVEL: 'error' }
const worker = fork(join(projectRoot(), 'dist/workers/all.js'), { env: environment, execArgv: [] })
const database = openDatabase({ url: postgres.url, ...limits }, log)
try {
  const deps = { db: database.db, clock: systemClock, pool: database.pool }
  const now = given(deps)
  await now.market({ publishOnSubmit: true })
  const owner = await now.organisation()
  const drafts = await inParallel(perSecond * seconds, (number) => {
    const { title, summary, body } = syntheticListing(number)
    return now.draft(supplyKind, { by: owner, title, summary, description: body })
  })
  await report(await measurePublication(deps, { drafts, perSecond, arrived: isIndexed }))
} finally {
  const ended = new Promise((resolve) => worker.once('exit', resolve))
  if (worker.exitCode === null && worker.kill('SIGTERM')) await ended
  await database.close()
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}

async function report({ spread, published, arrived }: Latency): Promise<void> {
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}`
  const { p50, p95, max } = spread
  console.log(
    `\n${published} published, ${perSecond} a second, ${arrived} found; ${machine}; load average ${loadavg()[0]}\n`,
  )
  console.log('| ms | p50 | p95 | max |\n|---|---|---|---|')
  console.log(`| publish → searchable | ${p50.toFixed(0)} | ${p95.toFixed(0)} | ${max.toFixed(0)} |`)
  const figures = { machine, loadAverage: loadavg(), perSecond, published, arrived, ...spread }
  await writeFile(join(projectRoot(), 'dist/bench-searchable.json'), JSON.stringify(figures, null, 2))
}
