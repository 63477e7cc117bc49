import { type ChildProcess, spawn } from 'node:child_process'
import { open, readFile, rename, stat } from 'node:fs/promises'
import { totalmem } from 'node:os'
import type { Cluster } from './cluster.ts'
import { adminAddress } from './connect.ts'
import { EmbeddedPostgresError, explainFileError, isDiskFullText, noSpace } from './errors.ts'
import { stopPostmaster } from './stop-postmaster.ts'
import { PostmasterExited, waitUntilReady } from './wait-until-ready.ts'

const logLimitBytes = 10_000_000

export type Postmaster = { pid: number; port: number }

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
    const text = await readFile(cluster.logFile).catch(() => Buffer.alloc(0))
    throw new PostmasterExited(text.subarray(logStart).toString())
  }
}

/** Reads why a start failed out of the server's log; only for the message, never to decide readiness. */
export function explainExit(cluster: Cluster, exited: PostmasterExited): EmbeddedPostgresError {
  if (isDiskFullText(exited.logTail)) return noSpace(cluster.dataDir, exited)
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
    const options = { ...cluster.spawnOptions, cwd: cluster.dir, detached: true, windowsHide: true }
    const child = spawn(cluster.binaries.postgres, args, { ...options, stdio: [...stdio] })
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
    shared_buffers: `${sharedBuffersMb(totalmem())}MB`,
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
  }
}

/**
 * An eighth of the memory, from PostgreSQL's own 128 MB to 1 GB: the search index of 100,000 listings has 195 MB of rows,
 * and what is not in the buffers costs a search 3 µs a row to fetch from the system's cache.
 */
export function sharedBuffersMb(totalBytes: number): number {
  return Math.min(1_024, Math.max(128, Math.floor(totalBytes / 8 / 1_048_576)))
}

function settingArguments(settings: Record<string, string>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
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
