import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { open, readFile, rename, stat } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Cluster } from './cluster.ts'
import { type Address, adminAddress, assertServes, withConnection } from './connect.ts'
import { EmbeddedPostgresError, errorCode, explainFileError, noSpace } from './errors.ts'
import { isPostgresOf } from './process-identity.ts'

const run = promisify(execFile)

/** Crash recovery took 1.1–2.0 s in our measurements; a minute covers a large WAL on a slow disk. */
const readyTimeoutMs = 60_000
const fastStopMs = 10_000
const logLimitBytes = 10_000_000

export type Postmaster = { pid: number; port: number }

/** What a start that failed looked like: the caller may know a second way (another port, a little later). */
export class PostmasterExited extends Error {
  readonly logTail: string
  constructor(logTail: string) {
    super('postgres ended before it was ready')
    this.logTail = logTail
  }
}

/**
 * Starts the server in a process group of its own, so that Ctrl-C in a terminal reaches us and not it:
 * requests drain first, then stop() ends it. Ready means that a connection with our password succeeded.
 */
export async function startPostmaster(cluster: Cluster, port: number, password: string): Promise<Postmaster> {
  const logStart = await rotateLog(cluster.logFile)
  const child = await spawnServer(cluster, port)
  const pid = child.pid
  if (pid === undefined) throw new PostmasterExited('the program could not be started')
  try {
    await waitUntilReady(child, cluster.dir, adminAddress(port, password))
    return { pid, port }
  } catch (error) {
    await stopPostmaster(cluster, pid)
    if (!(error instanceof PostmasterExited)) throw error
    const text = await readFile(cluster.logFile, 'utf8').catch(() => '')
    throw new PostmasterExited(text.slice(logStart))
  }
}

/** Fast shutdown first; after 10 s the immediate one, which recovers from the log at the next start. */
export async function stopPostmaster(
  cluster: Pick<Cluster, 'dir' | 'binaries' | 'spawnOptions'>,
  pid: number,
): Promise<void> {
  for (const step of [
    { signal: 'SIGINT', mode: 'fast' },
    { signal: 'SIGQUIT', mode: 'immediate' },
  ] as const) {
    await signalPostmaster(cluster, pid, step)
    if (await waitUntilGone(cluster.dir, pid)) return
  }
  throw new EmbeddedPostgresError('STOP_FAILED', {
    message: `PostgreSQL (process ${pid}) did not stop within ${(2 * fastStopMs) / 1000} seconds.`,
    fix: `check the disk (dmesg, df -h), then: ${cluster.binaries.pgCtl} -D ${cluster.dir} -m immediate stop`,
  })
}

/** Reads why a start failed out of the server's log; only for the message, never to decide readiness. */
export function explainExit(cluster: Cluster, exited: PostmasterExited): EmbeddedPostgresError {
  if (/No space left on device/.test(exited.logTail)) return noSpace(cluster.dataDir, exited)
  const reason = /(?:FATAL|PANIC|error while loading[^:]*):\s*(.+)/.exec(exited.logTail)?.[1]
  return new EmbeddedPostgresError(
    'START_FAILED',
    {
      message: `PostgreSQL did not start: ${reason ?? 'it gave no reason'}.`,
      fix: `read the end of ${cluster.logFile}, then run: npm run doctor`,
    },
    { cause: exited },
  )
}

async function spawnServer(cluster: Cluster, port: number): Promise<ChildProcess> {
  const args = ['-D', cluster.dir, ...settingArguments({ ...ownSettings(port), ...cluster.settings })]
  const log = await open(cluster.logFile, 'a', 0o600).catch((error: unknown) => {
    throw explainFileError(error, cluster.logFile)
  })
  try {
    const stdio = ['ignore', log.fd, log.fd] as const
    // Started inside its data directory, so that isPostgresOf() recognises it from the first moment.
    const place = { ...cluster.spawnOptions, cwd: cluster.dir }
    const child = spawn(cluster.binaries.postgres, args, { ...place, detached: true, stdio: [...stdio] })
    child.on('error', () => undefined)
    child.unref()
    return child
  } finally {
    await log.close()
  }
}

/**
 * Statements and details of errors carry values (an e-mail address in a unique violation), so the log
 * keeps neither. 120 connections: API 20, workers 20, queue and listeners, and room for a second pool.
 */
function ownSettings(port: number): Record<string, string> {
  return {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '120',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
  }
}

function settingArguments(settings: Record<string, string>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/**
 * Polls with real connections: the text of the log changes with the version and with logging_collector.
 * Another server that took the port a moment ago answers with a refusal or with another data directory;
 * ten such answers leave our own time to fail on the port and exit.
 */
async function waitUntilReady(child: ChildProcess, clusterDir: string, address: Address): Promise<void> {
  const deadline = AbortSignal.timeout(readyTimeoutMs)
  let exited = false
  child.once('exit', () => {
    exited = true
  })
  child.once('error', () => {
    exited = true
  })
  for (let refusals = 0; !deadline.aborted; ) {
    await wait(10)
    if (exited) throw new PostmasterExited('')
    try {
      await withConnection(address, (client) => assertServes(client, clusterDir))
      return
    } catch (error) {
      if (!isNotReadyYet(error) && ++refusals > 10 && !exited) throw error
    }
  }
  throw new EmbeddedPostgresError('START_TIMEOUT', {
    message: `PostgreSQL was not ready within ${readyTimeoutMs / 1000} seconds.`,
    fix: 'read the end of DATA_DIR/postgres.log; when it recovers after a crash, simply start again',
  })
}

/** 57P03 = starting up or shutting down; the others mean that nobody listens yet. */
export function isNotReadyYet(error: unknown): boolean {
  const code = errorCode(error)
  return (
    code === '57P03' ||
    code === 'ECONNREFUSED' ||
    code === 'ECONNRESET' ||
    /terminated unexpectedly|timeout/.test(String(error))
  )
}

async function signalPostmaster(
  cluster: Pick<Cluster, 'dir' | 'binaries' | 'spawnOptions'>,
  pid: number,
  step: { signal: NodeJS.Signals; mode: string },
): Promise<void> {
  if (!(await isPostgresOf(pid, cluster.dir))) return
  if (process.platform === 'win32') {
    await run(cluster.binaries.pgCtl, ['-D', cluster.dir, '-m', step.mode, '-W', 'stop'], cluster.spawnOptions)
    return
  }
  try {
    process.kill(pid, step.signal)
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error
  }
}

async function waitUntilGone(clusterDir: string, pid: number): Promise<boolean> {
  const deadline = AbortSignal.timeout(fastStopMs)
  while (await isPostgresOf(pid, clusterDir)) {
    if (deadline.aborted) return false
    await wait(15)
  }
  return true
}

/** Returns where the text of this start begins. One old file is kept, so the log never exceeds 20 MB plus one run. */
async function rotateLog(path: string): Promise<number> {
  const size = await stat(path).then(
    (stats) => stats.size,
    () => 0,
  )
  if (size <= logLimitBytes) return size
  await rename(path, `${path}.1`)
  return 0
}
