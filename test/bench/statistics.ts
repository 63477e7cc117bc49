import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { seedDemo } from '../../seeds/demo.ts'
import { prepareDatabase } from '../../src/boot/prepare-database.ts'
import { readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/client.ts'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { anonymous } from '../../src/kernel/principal.ts'
import { createLog } from '../../src/log.ts'
import { readLeagueTable, readOverview } from '../../src/modules/statistics/read-statistics.ts'
import { rebuildStatistics } from '../../src/modules/statistics/rebuild-statistics.ts'
import { projectRoot } from '../../src/project-root.ts'

/**
 * `npm run bench:statistics`: a million matches over a thousand days between the demands and supplies of the demo, counted by
 * the rebuild, then the overview and the league table read 500 times each. Prints a table, writes dist/bench-statistics.json.
 */
const wanted = Number(process.env.BENCH_MATCHES ?? 1_000_000)
const reads = Number(process.env.BENCH_READS ?? 500)

const dataDir = await mkdtemp('/tmp/queqiao-bench-')
await rm(dataDir, { recursive: true })
const postgres = await startEmbeddedPostgres({ dataDir })
try {
  await prepareDatabase(postgres.url, { hasJobsInPostgres: true })
  const config = readConfig({ DATABASE_URL: postgres.url, DATA_DIR: dataDir, DEMO: 'on', LOG_LEVEL: 'error' })
  const log = createLog(config, 'bench')
  await seedDemo(config, log, { isEmbedded: true })
  await makeMatches(postgres.url)
  const limits = { poolSize: 4, statementTimeoutMs: 3_600_000, acquireTimeoutMs: 5_000, applicationName: 'bench' }
  const { db, close } = openDatabase({ url: postgres.url, ...limits }, log)
  const deps = { db, clock: systemClock }
  const rebuildMs = await timed(() => rebuildStatistics(deps))
  const overview = await measure(() => readOverview(deps, anonymous, {}))
  const leagueTable = await measure(() => readLeagueTable(deps, anonymous, {}))
  await close()
  const result = { matches: wanted, processors: cpus().length, rebuildMs, overview, leagueTable }
  console.table({ overview, leagueTable })
  console.log(`rebuild of ${wanted} matches: ${(rebuildMs / 1000).toFixed(1)} s; target: overview p95 at most 50 ms`)
  await writeFile(join(projectRoot(), 'dist/bench-statistics.json'), JSON.stringify(result, null, 2))
} finally {
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}

/** The pair is the same again and again, so the rule that it is unique stands aside here. */
async function makeMatches(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ conname: string }>(
    `select conname from pg_constraint where conrelid = 'matches'::regclass and contype = 'u'`,
  )
  for (const { conname } of rows) await client.query(`alter table matches drop constraint "${conname}"`)
  const { rows: indexes } = await client.query<{ name: string }>(
    `select indexrelid::regclass::text as name from pg_index where indrelid = 'matches'::regclass and indisunique and not indisprimary`,
  )
  for (const { name } of indexes) await client.query(`drop index ${name}`)
  await client.query(
    `insert into matches (id, demand_id, supply_id, model_version, text_model_version, score, level, parts, gates, explanation,
       market, demand_org_id, supply_org_id, demand_version, supply_version, state, decided_at, created_at, updated_at)
     select gen_random_uuid(), d.id, s.id, 'bench', 'bench', (n % 1000) / 1000.0, 1 + n % 4, '[]', '[]', '{}', d.market, d.org_id, s.org_id,
       1, 1, case when n % 3 = 0 then 'proposed' when n % 3 = 1 then 'approved' else 'rejected' end,
       case when n % 3 = 0 then null else now() - n % 1000 * interval '1 day' end, now() - n % 1000 * interval '1 day', now()
     from generate_series(1, $1::int) n
     join (select *, row_number() over () as r, count(*) over () as c from listings where kind = 'demand') d on d.r = 1 + n % d.c
     join (select *, row_number() over () as r, count(*) over () as c from listings where kind = 'supply') s on s.r = 1 + n % s.c`,
    [wanted],
  )
  await client.query('analyze')
  await client.end()
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}

async function measure(run: () => Promise<unknown>) {
  const times: number[] = []
  for (let read = 0; read < reads; read += 1) times.push(await timed(run))
  times.sort((one, other) => one - other)
  const at = (share: number) => Number((times[Math.floor(share * (reads - 1))] ?? 0).toFixed(1))
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
