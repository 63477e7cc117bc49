import { fork, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type BullmqOptions, bullmqJobQueue, migrateJobQueue } from '../../src/adapters/jobs/bullmq.ts'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { projectRoot } from '../../src/project-root.ts'
import { probeJob, quietLog } from './job-worker.ts'

/**
 * `npm run bench:jobs [-- --jobs N]`: how many empty jobs a second the queue carries, on PostgreSQL and, where redis-server is
 * installed, on Redis, with one and with four worker processes. Prints a table and writes dist/bench-jobs.json.
 */
type Backend = BullmqOptions['backend']
type Result = { backend: string; workers: number; jobsPerSecond: number; enqueuedPerSecond: number }

const count = Number(process.argv[process.argv.indexOf('--jobs') + 1]) || 5_000
/** As many as the relay hands over at once. */
const batch = 200
const workerCounts = [1, 4]

const directory = await mkdtemp(join(tmpdir(), 'queqiao-bench-jobs-'))
const results: Result[] = []
const postgres = await startEmbeddedPostgres({ dataDir: `${directory}-postgres` })
try {
  await migrateJobQueue(postgres.url)
  await measureAll({ kind: 'postgres', connectionString: postgres.url })
} finally {
  await postgres.stop()
}
if (spawnSync('redis-server', ['--version']).status === 0) await withRedis((url) => measureAll({ kind: 'redis', url }))
for (const path of [directory, `${directory}-postgres`]) await rm(path, { recursive: true, force: true })
await report()

async function measureAll(backend: Backend): Promise<void> {
  for (const workers of workerCounts) results.push(await measure(backend, workers))
}

async function measure(backend: Backend, workers: number): Promise<Result> {
  const children = await Promise.all(Array.from({ length: workers }, () => startWorker(backend)))
  const jobs = await bullmqJobQueue({ backend, log: quietLog })
  const isDrained = async () => {
    const [depth] = await jobs.depths(['bench'])
    return depth !== undefined && depth.waiting + depth.active === 0
  }
  const started = performance.now()
  for (let first = 0; first < count; first += batch) {
    const keys = Array.from({ length: Math.min(batch, count - first) }, (_, index) => `${workers}-${first + index}`)
    await jobs.enqueue(keys.map((key) => ({ ...probeJob.request({ key }), id: key })))
  }
  const enqueued = performance.now()
  while (!(await isDrained())) await sleep(20)
  const drained = performance.now()
  await jobs.close()
  await Promise.all(children.map(stopWorker))
  const perSecond = (ended: number) => Math.round((count * 1000) / (ended - started))
  return {
    ...{ backend: backend.kind, workers },
    ...{ jobsPerSecond: perSecond(drained), enqueuedPerSecond: perSecond(enqueued) },
  }
}

async function startWorker(backend: Backend) {
  const child = fork(join(projectRoot(), 'dist/test/bench/job-worker.js'), [JSON.stringify(backend)], { execArgv: [] })
  await once(child, 'message')
  return child
}

async function stopWorker(child: ReturnType<typeof fork>): Promise<void> {
  const ended = once(child, 'exit')
  child.send('stop')
  await ended
}

async function withRedis(run: (url: string) => Promise<void>): Promise<void> {
  const port = 20_000 + (process.pid % 10_000)
  const settings = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    directory,
    '--appendonly',
    'yes',
    '--save',
    '',
  ]
  const server = spawn('redis-server', settings, { stdio: 'ignore' })
  try {
    await sleep(500)
    await run(`redis://127.0.0.1:${port}`)
  } finally {
    const ended = once(server, 'exit')
    server.kill('SIGTERM')
    await ended
  }
}

async function report(): Promise<void> {
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
  console.log(
    `\n${machine}; ${count} empty jobs, handed over in batches of ${batch}, 4 at once in each worker process\n`,
  )
  console.log('| queue on | worker processes | handed over/s | finished/s |\n|---|---|---|---|')
  for (const { backend, workers, enqueuedPerSecond, jobsPerSecond } of results) {
    console.log(`| ${backend} | ${workers} | ${enqueuedPerSecond} | ${jobsPerSecond} |`)
  }
  await writeFile(
    join(projectRoot(), 'dist/bench-jobs.json'),
    JSON.stringify({ machine, count, batch, results }, null, 2),
  )
}
