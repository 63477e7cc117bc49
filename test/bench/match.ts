import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { prepareDatabase } from '../../src/boot/prepare-database.ts'
import { workerNodeOptions } from '../../src/boot/supervise-workers.ts'
import { openDatabase } from '../../src/db/client.ts'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { projectRoot } from '../../src/project-root.ts'
import { measureLatency } from './match-latency.ts'
import { loadMarket } from './match-load.ts'
import { measureMatches, measureRecall, type Spread, warmUp } from './match-measures.ts'
import type { Latency, PublicationDeps } from './publication.ts'
import { type SyntheticMarket, syntheticMarket } from './synthetic-match-documents.ts'

/**
 * `npm run bench:match -- --listings N [--demands n] [--recall n] [--seconds s] [--data-dir DIR]`: matches demands with N
 * synthetic supplies in a PostgreSQL of its own. Prints what it does and a table, and writes dist/bench-match-N.json as it
 * goes. A data directory that is named is kept, and measured again without loading and publications.
 * On two quiet cores 20,000 listings take some 2 minutes, 300,000 some 5; of a million the
 * exact scores for the recall take 3 minutes (`--recall 0` leaves them out).
 */
const { values: options } = parseArgs({
  options: {
    listings: { type: 'string', default: '20000' },
    demands: { type: 'string', default: '300' },
    recall: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '30' },
    'data-dir': { type: 'string' },
  },
})
const listings = Number(options.listings)
const demands = Number(options.demands)
const seed = 7

const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
const row = (label: string, { p50, p95, max }: Spread) =>
  `| ${label} | ${p50.toFixed(1)} | ${p95.toFixed(1)} | ${max.toFixed(1)} |`

const log = { debug: () => {}, info: () => {}, warn: console.warn, error: console.error }
const dataDir = options['data-dir'] ?? (await mkdtemp('/tmp/queqiao-bench-'))
if (options['data-dir'] === undefined) await rm(dataDir, { recursive: true })
const postgres = await startEmbeddedPostgres({ dataDir })
const children: ChildProcess[] = []
const limits = { poolSize: 8, statementTimeoutMs: 1_200_000, acquireTimeoutMs: 30_000, applicationName: 'bench' }
const database = openDatabase({ url: postgres.url, ...limits }, log)
const begun = performance.now()
const say = (line: string) => console.log(`[${((performance.now() - begun) / 1000).toFixed(0)} s] ${line}`)
const report: Report = { machine, listings, demands }
try {
  await prepareDatabase(postgres.url, { hasJobsInPostgres: true })
  const market = syntheticMarket(seed)
  const deps = { db: database.db, clock: systemClock, pool: database.pool }
  const place = { adminUrl: postgres.adminUrl, dataDir }
  const { rows } = await database.pool.query('select from match_documents limit 1')
  if (rows.length === 0) await keep({ load: await loadMarket({ ...deps, ...place }, { seed, listings, demands, say }) })
  await keep({ warm: await warmUp(deps, market) })
  say('title index read')
  await keep({ matches: await measureMatches(deps, { market, demands }) })
  printMatches()
  if (Number(options.recall) > 0) {
    await keep({ recall: await measureRecall(deps, { market, demands: Number(options.recall), listings, say }) })
    console.log(`recall@200 ${report.recall?.recall.toFixed(3)} over ${report.recall?.demands} demands`)
  }
  const { rows: published } = await database.pool.query('select from organisations limit 1')
  if (published.length > 0)
    say('publications were measured in this directory before, and its organisations stand in their way')
  else await measurePublications(deps, market)
} finally {
  for (const child of children) await stop(child)
  await database.close()
  await postgres.stop()
  if (options['data-dir'] === undefined) await rm(dataDir, { recursive: true, force: true })
}

async function measurePublications(deps: PublicationDeps, market: SyntheticMarket): Promise<void> {
  const environment = { DATABASE_URL: postgres.url, DATA_DIR: dataDir, LOG_LEVEL: 'error' }
  children.push(fork(join(projectRoot(), 'dist/workers/all.js'), { env: environment, execArgv: workerNodeOptions }))
  await keep({ latency: await measureLatency(deps, { market, seconds: Number(options.seconds), say }) })
  printLatency()
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

type Report = {
  machine: string
  listings: number
  demands: number
  load?: Awaited<ReturnType<typeof loadMarket>>
  warm?: Awaited<ReturnType<typeof warmUp>>
  matches?: Awaited<ReturnType<typeof measureMatches>>
  recall?: Awaited<ReturnType<typeof measureRecall>>
  latency?: Latency
}

/** Written after every step, so that a run that is stopped leaves what it has measured. */
async function keep(part: Partial<Report>): Promise<void> {
  Object.assign(report, part)
  const file = join(projectRoot(), `dist/bench-match-${listings}.json`)
  await writeFile(file, JSON.stringify({ ...report, loadAverage: loadavg() }, null, 2))
}

function printMatches(): void {
  const { load, warm, matches } = report
  if (!warm || !matches) return
  console.log(`\n${listings} supplies, ${demands} demands; ${machine}; load average ${loadavg()[0]?.toFixed(1)}\n`)
  console.log('| ms | p50 | p95 | max |\n|---|---|---|---|')
  console.log(row('candidates', matches.candidates))
  console.log(row('features, gates and score', matches.score))
  console.log(row('whole match, storage excluded', matches.match))
  console.log(row('whole match, stored', matches.stored))
  console.log(row('whole OR ranked in SQL', matches.wholeOr))
  console.log(`\nfeatures of a prepared pair ${matches.pairMicroseconds.toFixed(1)} µs`)
  const { ratio, ratioOfCandidates } = matches
  console.log(
    `ratio of the whole OR to a match ${ratio.toFixed(0)}, to candidates ${ratioOfCandidates.toFixed(0)} (p50)`,
  )
  console.log(`processor time of this process ${matches.cpuPerMatch.toFixed(1)} ms a match, storage excluded`)
  console.log(`title index read in ${warm.seconds.toFixed(1)} s\n`)
  if (load) printLoad(load)
}

function printLoad({
  copySeconds,
  rowsPerSecond,
  indexSeconds,
  indexMb,
  termSeconds,
}: NonNullable<Report['load']>): void {
  console.log(
    `COPY ${copySeconds.toFixed(0)} s (${rowsPerSecond} rows/s), GIN ${indexSeconds.toFixed(0)} s, ${indexMb} MB`,
  )
  console.log(`terms counted in ${termSeconds.toFixed(0)} s\n`)
}

function printLatency(): void {
  const { latency } = report
  if (!latency) return
  console.log(row('publish → review item, 50/s', latency.spread))
  console.log(
    `published ${latency.published}, review items of ${latency.arrived} of them; load average ${loadavg()[0]?.toFixed(1)}`,
  )
}
