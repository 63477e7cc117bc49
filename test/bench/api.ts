import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import autocannon from 'autocannon'
import pg from 'pg'
import { seedDemo } from '../../seeds/demo.ts'
import { prepareDatabase } from '../../src/boot/prepare-database.ts'
import { readConfig } from '../../src/config.ts'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { uuidToId } from '../../src/kernel/ids.ts'
import { createLog } from '../../src/log.ts'
import { projectRoot } from '../../src/project-root.ts'

/**
 * `npm run bench:api`: reads listings by id through the API and through a bare Fastify + pg handler, one after the other in
 * turns, so that both see the same machine. Prints a table and writes dist/bench-api.json.
 */
const seconds = Number(process.env.BENCH_SECONDS ?? 8)
const rounds = Number(process.env.BENCH_ROUNDS ?? 3)
const connections = 32
const ports = { bare: 43_101, api: 43_102 }

type Round = { requestsPerSecond: number; p50: number; p99: number; non2xx: number }

const dataDir = await mkdtemp('/tmp/queqiao-bench-')
await rm(dataDir, { recursive: true })
const postgres = await startEmbeddedPostgres({ dataDir })
const children: ChildProcess[] = []
try {
  await prepareDatabase(postgres.url, { hasJobsInPostgres: true })
  const environment = { DATABASE_URL: postgres.url, DATA_DIR: dataDir, DEMO: 'on', LOG_LEVEL: 'error' }
  const config = readConfig(environment)
  await seedDemo(config, createLog(config, 'bench'), { isEmbedded: true })
  const targets = await targetsOf(postgres.url)
  await startServers(environment)
  const results: Record<keyof typeof ports, Round[]> = { bare: [], api: [] }
  for (let round = 0; round < rounds; round += 1) {
    results.bare.push(await load(`http://127.0.0.1:${ports.bare}`, targets.bare))
    results.api.push(await load(`http://127.0.0.1:${ports.api}`, targets.api))
  }
  await report(results)
} finally {
  for (const child of children) child.kill('SIGTERM')
  await sleep(500)
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}

async function targetsOf(url: string): Promise<{ bare: string[]; api: string[] }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ id: string }>(
    "select id from listings where kind = 'supply' and state = 'published' limit 100",
  )
  await client.end()
  return {
    bare: rows.map(({ id }) => `/listings/${id}`),
    api: rows.map(({ id }) => `/v1/supplies/${uuidToId('supply', id)}`),
  }
}

async function startServers(environment: Record<string, string>): Promise<void> {
  const start = (file: string, port: number) => {
    const env = { ...environment, PORT: String(port), RATE_LIMIT_PER_MINUTE: '100000000' }
    children.push(fork(join(projectRoot(), 'dist', file), { env, execArgv: [] }))
  }
  start('test/bench/bare-server.js', ports.bare)
  start('src/server.js', ports.api)
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const isUp = await fetch(`http://127.0.0.1:${ports.api}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (isUp) return
    await sleep(100)
  }
  throw new Error('the API did not become ready')
}

async function load(url: string, paths: string[]): Promise<Round> {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: paths.map((path) => ({ method: 'GET' as const, path })),
  })
  return {
    requestsPerSecond: Math.round(result.requests.average),
    p50: result.latency.p50,
    p99: result.latency.p99,
    non2xx: result.non2xx,
  }
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

async function report(results: Record<keyof typeof ports, Round[]>): Promise<void> {
  const rate = (name: keyof typeof ports) => median(results[name].map(({ requestsPerSecond }) => requestsPerSecond))
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
  const row = (name: keyof typeof ports, label: string) =>
    `| ${label} | ${rate(name)} | ${median(results[name].map(({ p50 }) => p50))} | ${median(results[name].map(({ p99 }) => p99))} | ${results[name].reduce((sum, one) => sum + one.non2xx, 0)} |`
  const ratio = rate('api') / rate('bare')
  console.log(`\n${machine}; ${connections} connections, ${rounds} × ${seconds} s each, medians\n`)
  console.log('| read by id | requests/s | p50 ms | p99 ms | non-2xx |\n|---|---|---|---|---|')
  console.log(row('bare', 'bare Fastify + pg'))
  console.log(row('api', 'GET /v1/supplies/{id}'))
  console.log(`\nratio ${(ratio * 100).toFixed(1)} % (target 60 %)`)
  const file = join(projectRoot(), 'dist/bench-api.json')
  await writeFile(file, JSON.stringify({ machine, connections, seconds, rounds, results, ratio }, null, 2))
}
