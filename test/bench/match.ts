import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { prepareDatabase } from '../../src/boot/prepare-database.ts'
import { openDatabase } from '../../src/db/client.ts'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { projectRoot } from '../../src/project-root.ts'
import { measureLatency } from './match-latency.ts'
import { loadMarket } from './match-load.ts'
import { measureMatches, measureRecall, type Spread, warmUp } from './match-measures.ts'
import type { Latency } from './publication.ts'
import { syntheticMarket } from './synthetic-match-documents.ts'

/**
 * `npm run bench:match -- --listings N [--demands n] [--recall n] [--seconds s]`: matches demands with N synthetic
 * supplies in a PostgreSQL of its own. Prints a table and writes dist/bench-match-N.json.
 */
const { values: options } = parseArgs({
  options: {
    listings: { type: 'string', default: '20000' },
    demands: { type: 'string', default: '300' },
    recall: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '30' },
  },
})
const listings = Number(options.listings)
const demands = Number(options.demands)
const seed = 7

const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
const row = (label: string, { p50, p95, max }: Spread) =>
  `| ${label} | ${p50.toFixed(1)} | ${p95.toFixed(1)} | ${max.toFixed(1)} |`

const log = { debug: () => {}, info: () => {}, warn: console.warn, error: console.error }
const dataDir = await mkdtemp('/tmp/queqiao-bench-')
await rm(dataDir, { recursive: true })
const postgres = await startEmbeddedPostgres({ dataDir })
const children: ChildProcess[] = []
const limits = { poolSize: 8, statementTimeoutMs: 1_200_000, acquireTimeoutMs: 30_000, applicationName: 'bench' }
const database = openDatabase({ url: postgres.url, ...limits }, log)
try {
  await prepareDatabase(postgres.url, { hasJobsInPostgres: true })
  const market = syntheticMarket(seed)
  const deps = { db: database.db, clock: systemClock }
  const load = await loadMarket(
    { ...deps, pool: database.pool, adminUrl: postgres.adminUrl, dataDir },
    { market, listings, demands },
  )
  const warm = await warmUp(deps, market)
  const matches = await measureMatches({ ...deps, pool: database.pool }, { market, demands })
  const recall = await measureRecall(deps, { market, demands: Number(options.recall), listings })
  printMatches({ load, warm, matches, recall })
  const environment = { DATABASE_URL: postgres.url, DATA_DIR: dataDir, LOG_LEVEL: 'error' }
  children.push(fork(join(projectRoot(), 'dist/workers/all.js'), { env: environment, execArgv: [] }))
  const latency = await measureLatency({ ...deps, pool: database.pool }, { market, seconds: Number(options.seconds) })
  await report({ load, warm, matches, recall, latency })
} finally {
  for (const child of children) await stop(child)
  await database.close()
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

type Report = {
  load: Awaited<ReturnType<typeof loadMarket>>
  warm: Awaited<ReturnType<typeof warmUp>>
  matches: Awaited<ReturnType<typeof measureMatches>>
  recall: Awaited<ReturnType<typeof measureRecall>>
  latency: Latency
}

function printMatches({ load, warm, matches, recall }: Omit<Report, 'latency'>): void {
  console.log(`\n${listings} supplies, ${demands} demands; ${machine}; load average ${loadavg()[0]?.toFixed(1)}\n`)
  console.log('| ms | p50 | p95 | max |\n|---|---|---|---|')
  console.log(row('candidates', matches.candidates))
  console.log(row('features, gates and score', matches.score))
  console.log(row('whole match, storage excluded', matches.match))
  console.log(row('whole match, stored', matches.stored))
  console.log(row('whole OR ranked in SQL', matches.wholeOr))
  const { ratio, ratioOfCandidates } = matches
  console.log(
    `\nratio of the whole OR to a match ${ratio.toFixed(0)}, to candidates ${ratioOfCandidates.toFixed(0)} (p50)`,
  )
  console.log(`recall@200 ${recall.recall.toFixed(3)} over ${recall.demands} demands`)
  const { copySeconds, rowsPerSecond, indexSeconds, indexMb, termSeconds } = load
  console.log(
    `COPY ${copySeconds.toFixed(0)} s (${rowsPerSecond} rows/s), GIN ${indexSeconds.toFixed(0)} s, ${indexMb} MB`,
  )
  console.log(`terms counted in ${termSeconds.toFixed(0)} s, title index read in ${warm.seconds.toFixed(1)} s\n`)
}

async function report({ latency, ...rest }: Report): Promise<void> {
  console.log(row('publish → review item, 50/s', latency.spread))
  console.log(
    `published ${latency.published}, review items of ${latency.arrived} of them; load average ${loadavg()[0]?.toFixed(1)}`,
  )
  const file = join(projectRoot(), `dist/bench-match-${listings}.json`)
  await writeFile(
    file,
    JSON.stringify({ machine, loadAverage: loadavg(), listings, demands, ...rest, latency }, null, 2),
  )
}
