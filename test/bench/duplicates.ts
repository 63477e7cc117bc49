import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { prepareDatabase } from '../../src/boot/prepare-database.ts'
import { listingKinds } from '../../src/compose.ts'
import { openDatabase } from '../../src/db/client.ts'
import { withTx } from '../../src/db/tx.ts'
import { insertMany } from '../../src/db/write-many.ts'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { newId } from '../../src/kernel/ids.ts'
import { checkListings } from '../../src/modules/duplicates/check-listings.ts'
import type { Listing } from '../../src/modules/listings/index.ts'
import { toRow } from '../../src/modules/listings/listing-row.ts'
import { listings as listingTable } from '../../src/modules/listings/table.ts'
import { projectRoot } from '../../src/project-root.ts'
import { given } from '../support/given.ts'
import { testVault } from '../support/vault.ts'
import { syntheticListing } from './synthetic-listings.ts'

/**
 * `npm run bench:duplicates -- --listings 100000`: signs and compares that many published supplies of synthetic text, of which
 * each twentieth is the one before it with another title and a changed word. Prints the time, and which of the planted pairs were found.
 */
const { values: options } = parseArgs({ options: { listings: { type: 'string', default: '100000' } } })
const count = Number(options.listings)
const log = { debug: () => {}, info: () => {}, warn: console.warn, error: console.error }
const limits = { poolSize: 4, statementTimeoutMs: 600_000, acquireTimeoutMs: 30_000, applicationName: 'bench' }

const dataDir = await mkdtemp('/tmp/queqiao-bench-')
await rm(dataDir, { recursive: true })
const postgres = await startEmbeddedPostgres({ dataDir })
await prepareDatabase(postgres.url, { hasJobsInPostgres: false })
const database = openDatabase({ url: postgres.url, ...limits }, log)
const deps = { db: database.db, clock: systemClock, vault: testVault, listingKinds }
try {
  const { listing } = await given(deps).publishedSupply()
  await plant(listing)
  await database.pool.query('analyze listings')
  const first = await measure()
  await database.pool.query('update listings set version = version + 1 where random() < 0.01')
  await report(first, await measure())
} finally {
  await database.close()
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}

function isCopy(index: number): boolean {
  return index % 20 === 19
}

async function plant(model: Listing): Promise<void> {
  for (let start = 0; start < count; start += 1_000) {
    const rows = Array.from({ length: Math.min(1_000, count - start) }, (_, index) => rowOf(model, start + index))
    await withTx(deps.db, (tx) => insertMany(tx, listingTable, rows))
  }
}

/** Its external id says which it is, and of which it is a copy. */
function rowOf(model: Listing, index: number) {
  const { title, summary, body } = syntheticListing(isCopy(index) ? index - 1 : index)
  const text = `${summary}${body}`
  const description = isCopy(index) ? text.replace('的', '之') : text
  const content = {
    ...model.content,
    title: `${title}${isCopy(index) ? '（二）' : ''}`,
    summary: undefined,
    description,
  }
  return toRow({ ...model, id: newId('supply'), content: { ...content, externalId: String(index) }, details: {} })
}

async function measure() {
  const [started, cpu] = [performance.now(), process.cpuUsage()]
  await checkListings(deps)
  const { user, system } = process.cpuUsage(cpu)
  return { seconds: (performance.now() - started) / 1_000, cpuSeconds: (user + system) / 1_000_000 }
}

type Measured = Awaited<ReturnType<typeof measure>>

async function report(first: Measured, again: Measured): Promise<void> {
  const { rows } = await database.pool.query<{ pairs: number; planted: number; length: number }>(`
    select count(*)::int as pairs,
      count(*) filter (where abs(one.external_id::int - other.external_id::int) = 1
        and greatest(one.external_id::int, other.external_id::int) % 20 = 19)::int as planted,
      (select avg(length(description))::int from listings) as length
    from duplicate_candidates join listings one on one.id = first_id join listings other on other.id = second_id`)
  const { pairs = 0, planted = 0, length = 0 } = rows[0] ?? {}
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}`
  const figures = {
    count,
    length,
    machine,
    loadAverage: loadavg(),
    first,
    again,
    pairs,
    planted,
    copies: Math.floor(count / 20),
  }
  console.log(`\n${count} supplies of ${length} characters; ${machine}; load average ${loadavg()[0]?.toFixed(1)}\n`)
  console.log('| | seconds | CPU of Node, seconds |\n|---|---|---|')
  console.log(`| all new | ${first.seconds.toFixed(1)} | ${first.cpuSeconds.toFixed(1)} |`)
  console.log(`| one in a hundred with a new version | ${again.seconds.toFixed(1)} | ${again.cpuSeconds.toFixed(1)} |`)
  console.log(`\n${pairs} pairs; of ${figures.copies} planted ones ${planted}`)
  await writeFile(join(projectRoot(), 'dist/bench-duplicates.json'), JSON.stringify(figures, null, 2))
}
