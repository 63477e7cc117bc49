import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { postgresSearchEngine } from '../../src/adapters/search/postgres.ts'
import { prepareDatabase } from '../../src/boot/prepare-database.ts'
import { openDatabase } from '../../src/db/client.ts'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { type SearchQuery, searchFacets } from '../../src/ports/search-engine.ts'
import { projectRoot } from '../../src/project-root.ts'
import { loadListings, loadPlainText } from './load-search.ts'
import { type Figures, measure } from './measure.ts'
import { benchQueries } from './search-queries.ts'

/**
 * `npm run bench:search -- --listings 100000`: loads synthetic listings into an embedded PostgreSQL of its own and asks 200
 * queries one after the other, by the product's engine and by what one would write without it. Prints a table and writes
 * dist/bench-search.json.
 */
const { values } = parseArgs({ options: { listings: { type: 'string', default: '100000' } } })
const listings = Number(values.listings)
if (!Number.isInteger(listings) || listings < 100) throw new Error('--listings wants a whole number from 100')
/** Reading every text takes a second at 100,000 listings; a tenth of the queries tells enough. */
const ILIKE_QUERIES = 20

const silent = { debug: () => {}, info: () => {}, warn: console.warn, error: console.error }
const dataDir = await mkdtemp('/tmp/queqiao-bench-')
await rm(dataDir, { recursive: true })
const postgres = await startEmbeddedPostgres({ dataDir })
try {
  await prepareDatabase(postgres.url, { hasJobsInPostgres: false })
  const limits = { statementTimeoutMs: 3_600_000, acquireTimeoutMs: 5_000, applicationName: 'bench' }
  // One connection, so that the processor time of its backend is that of the queries.
  const database = openDatabase({ url: postgres.url, poolSize: 1, ...limits }, silent)
  const seconds = await loadListings(database.pool, database.db, listings)
  await loadPlainText(database.pool)
  const engine = postgresSearchEngine({ db: database.db })
  const queries = benchQueries()
  const ask = (changes: Partial<SearchQuery>) => async (q: string) => {
    await engine.search({ q, scope: 'member', sort: 'relevance', facets: [], limit: 20, ...changes })
  }
  const plain = async (q: string) => {
    await database.pool.query(
      `select listing_id, title from plain_listings where tsv @@ plainto_tsquery('simple', $1)
       order by ts_rank(tsv, plainto_tsquery('simple', $1)) desc limit 20`,
      [q],
    )
  }
  const ilike = async (q: string) => {
    await database.pool.query('select listing_id, title from plain_listings where text ilike $1 limit 20', [`%${q}%`])
  }
  const run = (name: string, once: (q: string) => Promise<unknown>, count = queries.length) =>
    measure(database.pool, { name, queries: queries.slice(0, count), once })
  const results = [
    await run('PostgreSQL, members', ask({})),
    await run('PostgreSQL, members, 9 facets', ask({ facets: [...searchFacets] })),
    await run('PostgreSQL, strangers', ask({ scope: 'teaser' })),
    await run('PostgreSQL, strangers, 9 facets', ask({ scope: 'teaser', facets: [...searchFacets] })),
    await run('PostgreSQL, suggestions', (q) => engine.suggest(q.slice(0, 2), 8)),
    await run("plain to_tsvector('simple')", plain),
    await run('naive ILIKE', ilike, ILIKE_QUERIES),
  ]
  await report(results, seconds)
  await database.close()
} finally {
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}

async function report(results: Figures[], loadSeconds: number): Promise<void> {
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}`
  const load = loadavg()
    .map((value) => value.toFixed(1))
    .join(' ')
  console.log(`\n${listings} listings, loaded and indexed in ${loadSeconds} s; ${machine}; load average ${load}\n`)
  console.log(
    '| search | queries | p50 ms | p95 ms | max ms | CPU p50 ms | CPU p95 ms |\n|---|---|---|---|---|---|---|',
  )
  for (const { name, count, p50, p95, max, cpuP50, cpuP95 } of results) {
    console.log(`| ${name} | ${count} | ${p50} | ${p95} | ${max} | ${cpuP50} | ${cpuP95} |`)
  }
  console.log('\nslowest:')
  for (const { name, slowest } of results)
    console.log(`${name}: ${slowest.map(({ q, ms }) => `${q} (${ms})`).join('; ')}`)
  const file = join(projectRoot(), 'dist/bench-search.json')
  await writeFile(file, JSON.stringify({ listings, loadSeconds, machine, load, results }, null, 2))
}
