import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { postgresSearchEngine } from '../../src/adapters/search/postgres.ts'
import { prepareDatabase } from '../../src/boot/prepare-database.ts'
import { type Database, openDatabase } from '../../src/db/client.ts'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { type SearchQuery, searchFacets } from '../../src/ports/search-engine.ts'
import { projectRoot } from '../../src/project-root.ts'
import { isLoaded, loadListings, loadPlainText } from './load-search.ts'
import { type Figures, measure } from './measure.ts'
import { benchQueries } from './search-queries.ts'

/**
 * `npm run bench:search -- --listings 100000`: loads synthetic listings into an embedded PostgreSQL of its own and asks 200
 * queries one after the other, by the product's engine and by what one would write without it. Prints a table and writes
 * dist/bench-search-<listings>.json. `--data-dir DIR` keeps the database there and measures it again without loading.
 */
const { values } = parseArgs({
  options: { listings: { type: 'string', default: '100000' }, 'data-dir': { type: 'string' } },
})
const listings = Number(values.listings)
if (!Number.isInteger(listings) || listings < 100) throw new Error('--listings wants a whole number from 100')
/** Reading every text takes a second at 100,000 listings; a tenth of the queries tells enough. */
const ILIKE_QUERIES = 20
/** What one would write without the product is compared at no more listings: it takes minutes to fill, and is slow enough. */
const MOST_PLAIN = 100_000

const silent = { debug: () => {}, info: () => {}, warn: console.warn, error: console.error }
const limits = { statementTimeoutMs: 3_600_000, acquireTimeoutMs: 5_000, applicationName: 'bench' }

const kept = values['data-dir']
await onCluster(kept ?? (await temporaryDirectory()))

async function onCluster(dataDir: string): Promise<void> {
  const postgres = await startEmbeddedPostgres({ dataDir })
  try {
    await prepareDatabase(postgres.url, { hasJobsInPostgres: false })
    await withDatabase(postgres.url, async (database) => {
      if (!(await isLoaded(database.pool, listings))) {
        console.log(`loaded and indexed in ${await loadListings(database.pool, database.db, listings)} s`)
        await loadPlainText(database.pool, MOST_PLAIN)
      }
      await measureAll(database)
    })
  } finally {
    await postgres.stop()
    if (kept === undefined) await rm(dataDir, { recursive: true, force: true })
  }
}

/** PostgreSQL makes the directory itself, for its own user. */
async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp('/tmp/queqiao-bench-')
  await rm(directory, { recursive: true })
  return directory
}

/** One connection, so that the processor time of its backend is that of the queries. */
async function withDatabase(url: string, use: (database: Database) => Promise<void>): Promise<void> {
  const database = openDatabase({ url, poolSize: 1, ...limits }, silent)
  await use(database)
  await database.close()
}

async function measureAll({ db, pool }: Database): Promise<void> {
  const engine = postgresSearchEngine({ db })
  const queries = benchQueries()
  const ask = (changes: Partial<SearchQuery>) => async (q: string) => {
    await engine.search({ q, scope: 'member', sort: 'relevance', facets: [], limit: 20, ...changes })
  }
  const plain = async (q: string) => {
    await pool.query(
      `select listing_id, title from plain_listings where tsv @@ plainto_tsquery('simple', $1)
       order by ts_rank(tsv, plainto_tsquery('simple', $1)) desc limit 20`,
      [q],
    )
  }
  const ilike = async (q: string) => {
    await pool.query('select listing_id, title from plain_listings where text ilike $1 limit 20', [`%${q}%`])
  }
  const run = (name: string, once: (q: string) => Promise<unknown>, count = queries.length) =>
    measure(pool, { name, queries: queries.slice(0, count), once })
  const plainCount = Math.min(listings, MOST_PLAIN).toLocaleString('en')
  await report([
    await run('PostgreSQL, members', ask({})),
    await run('PostgreSQL, members, 9 facets', ask({ facets: [...searchFacets] })),
    await run('PostgreSQL, strangers', ask({ scope: 'teaser' })),
    await run('PostgreSQL, strangers, 9 facets', ask({ scope: 'teaser', facets: [...searchFacets] })),
    await run('PostgreSQL, suggestions', (q) => engine.suggest(q.slice(0, 2), 8)),
    await run(`plain to_tsvector('simple'), ${plainCount} listings`, plain),
    await run(`naive ILIKE, ${plainCount} listings`, ilike, ILIKE_QUERIES),
  ])
}

async function report(results: Figures[]): Promise<void> {
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}`
  const load = loadavg()
    .map((value) => value.toFixed(1))
    .join(' ')
  console.log(`\n${listings} listings; ${machine}; load average ${load}\n`)
  console.log(
    '| search | queries | p50 ms | p95 ms | max ms | CPU p50 ms | CPU p95 ms |\n|---|---|---|---|---|---|---|',
  )
  for (const { name, count, p50, p95, max, cpuP50, cpuP95 } of results) {
    console.log(`| ${name} | ${count} | ${p50} | ${p95} | ${max} | ${cpuP50} | ${cpuP95} |`)
  }
  console.log('\nslowest:')
  for (const { name, slowest } of results)
    console.log(`${name}: ${slowest.map(({ q, ms }) => `${q} (${ms})`).join('; ')}`)
  const file = join(projectRoot(), `dist/bench-search-${listings}.json`)
  await writeFile(file, JSON.stringify({ listings, machine, load, results }, null, 2))
}
