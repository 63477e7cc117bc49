import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { prepareDatabase } from '../../src/boot/prepare-database.ts'
import { type Database, openDatabase } from '../../src/db/client.ts'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import type { Log } from '../../src/kernel/log.ts'
import { projectRoot } from '../../src/project-root.ts'

/** A database of its own, and processes of the product on it that a script may kill. */
export type Stage = {
  database: Database
  /** Process of the postmaster, whose children are the connections. */
  databasePid: number
  startApi(): Promise<{ origin: string; process: ChildProcess }>
  startWorker(): Promise<ChildProcess>
  stop(): Promise<void>
}

export const secretKey = 'a secret key for benches, 32+ characters'
export const quietLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: console.error }
export const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`

/** To Node, for processes that collect their garbage when told by SIGUSR2. */
export const collectsOnSignal = [
  '--expose-gc',
  `--import=data:text/javascript,${encodeURIComponent("process.on('SIGUSR2', () => globalThis.gc())")}`,
]

export async function openStage(
  environment: Record<string, string> = {},
  execArgv: readonly string[] = [],
): Promise<Stage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'queqiao-bench-'))
  await rm(dataDir, { recursive: true })
  const postgres = await startEmbeddedPostgres({ dataDir })
  await prepareDatabase(postgres.url, { hasJobsInPostgres: true })
  const limits = { poolSize: 20, statementTimeoutMs: 60_000, acquireTimeoutMs: 30_000, applicationName: 'bench' }
  const database = openDatabase({ url: postgres.url, ...limits }, quietLog)
  const children: ChildProcess[] = []
  const shared = {
    ...{ DATABASE_URL: postgres.url, DATA_DIR: dataDir, SECRET_KEY: secretKey, DEMO: 'off', LOG_LEVEL: 'error' },
    ...{ RATE_LIMIT_PER_MINUTE: '100000000', ...environment },
  }
  const start = (file: string, env: Record<string, string>) => {
    const child = fork(join(projectRoot(), 'dist', file), { env: { ...shared, ...env }, execArgv: [...execArgv] })
    children.push(child)
    return child
  }
  const databasePid = Number.parseInt(await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10)
  return {
    ...{ database, databasePid },
    startApi: async () => {
      const port = await freePort()
      const child = start('src/server.js', { PORT: String(port) })
      const origin = `http://127.0.0.1:${port}`
      await until(() => isReady(origin))
      return { origin, process: child }
    },
    startWorker: async () => {
      const child = start('workers/all.js', {})
      await once(child, 'message')
      return child
    },
    stop: async () => {
      await Promise.all(children.map(end))
      await database.close()
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export async function until(isTrue: () => Promise<boolean> | boolean, limitMs = 30_000): Promise<void> {
  const giveUpAt = performance.now() + limitMs
  while (!(await isTrue())) {
    if (performance.now() > giveUpAt) throw new Error('what the script waits for did not come')
    await sleep(50)
  }
}

/** Value below which the share of the sorted numbers lies. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await exit
}

async function isReady(origin: string): Promise<boolean> {
  return fetch(`${origin}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  )
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}
