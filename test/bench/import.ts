import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { memoryLiveChannel } from '../../src/adapters/live/memory.ts'
import { prepareDatabase } from '../../src/boot/prepare-database.ts'
import { listingKinds } from '../../src/compose.ts'
import { openDatabase } from '../../src/db/client.ts'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import type { Principal } from '../../src/kernel/principal.ts'
import { runImport } from '../../src/modules/imports/run-import.ts'
import { startImport } from '../../src/modules/imports/start-import.ts'
import { projectRoot } from '../../src/project-root.ts'
import { given } from '../support/given.ts'
import { testVault } from '../support/vault.ts'
import { syntheticListing } from './synthetic-listings.ts'

/**
 * `npm run bench:import -- --rows 50000`: imports a CSV of supplies that their market publishes at once (rows, history,
 * events), then the same file again, and copies the stored rows raw with COPY. Prints a table and writes
 * dist/bench-import.json.
 */
const { values: options } = parseArgs({ options: { rows: { type: 'string', default: '50000' } } })
const rows = Number(options.rows)
const log = { debug: () => {}, info: () => {}, warn: console.warn, error: console.error }
const limits = { poolSize: 4, statementTimeoutMs: 600_000, acquireTimeoutMs: 30_000, applicationName: 'bench' }

const dataDir = await mkdtemp('/tmp/queqiao-bench-')
await rm(dataDir, { recursive: true })
const postgres = await startEmbeddedPostgres({ dataDir })
await prepareDatabase(postgres.url, { hasJobsInPostgres: false })
const database = openDatabase({ url: postgres.url, ...limits }, log)

const deps = { db: database.db, clock: systemClock, vault: testVault, live: memoryLiveChannel(), listingKinds }
try {
  const now = given(deps)
  await now.market({ publishOnSubmit: true })
  const owner = await now.organisation({ kind: 'university' })
  const file = join(dataDir, 'supplies.csv')
  await writeFile(file, csvOfSupplies())
  const first = await measureImport(owner, file)
  const again = await measureImport(owner, file)
  const { rows: counted } = await database.pool.query<{ listings: number; events: number }>(`
    select (select count(*)::int from listings) as listings, (select count(*)::int from outbox_events) as events`)
  await report({ first, again, copy: await measureCopy(), ...counted[0] })
} finally {
  await database.close()
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}

function csvOfSupplies(): string {
  const header = [
    '外部编号',
    '成果名称',
    '摘要',
    '详细描述',
    '技术领域',
    '行业',
    '关键词',
    '地区',
    '合作方式',
    '成熟度',
    '价格（万元）',
  ]
  const lines = Array.from({ length: rows }, (_, index) => {
    const { title, summary, body, fields, industries, keywords, region, trlMin } = syntheticListing(index)
    const cells = [
      `N-${index}`,
      `${title}${index}`,
      summary,
      body,
      fields[0],
      industries[0],
      keywords.join('；'),
      region,
    ]
    return [...cells, '普通许可', String(trlMin), index % 3 === 0 ? '面议' : String(10 + (index % 90))]
  })
  return [header, ...lines]
    .map((cells) => cells.map((cell) => `"${String(cell ?? '').replaceAll('"', '""')}"`).join(','))
    .join('\n')
}

type Measured = { seconds: number; cpuSeconds: number; rowsPerSecond: number }

async function measureImport(actor: Principal, path: string): Promise<Measured> {
  const file = { path, sizeBytes: 0, sha256: createHash('sha256').digest('hex') }
  const input = { file, kind: 'supply', mode: 'upsert', shouldSubmit: true, fileName: undefined } as const
  const { id: importId } = await startImport(deps, actor, input)
  const [started, cpu] = [performance.now(), process.cpuUsage()]
  await runImport(deps, { importId })
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - started) / 1_000
  return { seconds, cpuSeconds: (user + system) / 1_000_000, rowsPerSecond: Math.round(rows / seconds) }
}

/** The same rows into the same table and indexes, with nothing checked and nothing said. */
async function measureCopy(): Promise<Measured> {
  const url = new URL(postgres.adminUrl)
  url.pathname = new URL(postgres.url).pathname
  const client = new pg.Client({ connectionString: url.toString() })
  await client.connect()
  const path = join(dataDir, 'postgres', 'rows.copy')
  await client.query('create table listings_copied (like listings including all)')
  await client.query(`copy listings to '${path}'`)
  const started = performance.now()
  await client.query(`copy listings_copied from '${path}'`)
  const seconds = (performance.now() - started) / 1_000
  await client.end()
  return { seconds, cpuSeconds: 0, rowsPerSecond: Math.round(rows / seconds) }
}

type Report = { first: Measured; again: Measured; copy: Measured; listings?: number; events?: number }

async function report({ first, again, copy, listings, events }: Report): Promise<void> {
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}`
  console.log(
    `\n${rows} rows, ${listings} listings, ${events} events; ${machine}; load average ${loadavg()[0]?.toFixed(1)}\n`,
  )
  console.log('| | rows/s | seconds | CPU of Node, seconds |\n|---|---|---|---|')
  const line = (name: string, { rowsPerSecond, seconds, cpuSeconds }: Measured) =>
    console.log(`| ${name} | ${rowsPerSecond} | ${seconds.toFixed(1)} | ${cpuSeconds.toFixed(1)} |`)
  line('import, everything new', first)
  line('the same file again', again)
  line('raw COPY of the same rows', copy)
  const figures = { rows, machine, loadAverage: loadavg(), first, again, copy, listings, events }
  await writeFile(join(projectRoot(), 'dist/bench-import.json'), JSON.stringify(figures, null, 2))
}
