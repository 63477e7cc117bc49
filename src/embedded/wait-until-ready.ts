import type { ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { type Address, assertServes, withConnection } from './connect.ts'
import { EmbeddedPostgresError, errorCode } from './errors.ts'

/** Crash recovery took 1.1–2.0 s in our measurements; a minute covers a large WAL on a slow disk. */
const readyTimeoutMs = 60_000

/** What a start that failed looked like: the caller may know a second way (another port, a little later). */
export class PostmasterExited extends Error {
  readonly logTail: string
  constructor(logTail: string) {
    super('postgres ended before it was ready')
    this.logTail = logTail
  }
}

/**
 * Polls with real connections: the text of the log changes with the version and with logging_collector.
 * Another server that took the port a moment ago answers with a refusal or with another data directory;
 * ten such answers leave our own time to fail on the port and exit.
 */
export async function waitUntilReady(child: ChildProcess, clusterDir: string, address: Address): Promise<void> {
  const deadline = AbortSignal.timeout(readyTimeoutMs)
  // Asked of the child each time: an exit event may fire before anybody could listen.
  const hasExited = () => child.exitCode !== null || child.signalCode !== null
  for (let refusals = 0; !deadline.aborted; ) {
    await wait(10)
    if (hasExited()) throw new PostmasterExited('')
    try {
      await withConnection(address, (client) => assertServes(client, clusterDir))
      return
    } catch (error) {
      if (!isNotReadyYet(error) && ++refusals > 10 && !hasExited()) throw error
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
