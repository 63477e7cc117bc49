import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import type { Log } from '../kernel/log.ts'
import { giveUpSilence } from './give-up-silence.ts'
import { traceQueries } from './trace-queries.ts'

/** A database handle: the pool outside a transaction, or the transaction that `withTx` passes to its function. */
export type Db = NodePgDatabase<Record<string, never>>

export type Database = { db: Db; pool: pg.Pool; close(): Promise<void> }

export type DatabaseOptions = {
  url: string
  poolSize: number
  /** 5 s for the API, 60 s for workers (RELIABILITY REL-TX-3). */
  statementTimeoutMs: number
  /** How long a query may wait for a connection; the API answers 503 after it instead of piling up (OPS-5). */
  acquireTimeoutMs: number
  applicationName: string
  /** How long after the statement's limit the server may be silent about it; 5 s unless told otherwise. */
  patienceMs?: number
  /** By default a commit is answered when it is on the disk (DUR-1). */
  waitsForDisk?: boolean | undefined
}

// int8 arrives as text by default. All our bigint values are fen or counters below 2^53, checked at the edge and by CHECKs.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
// Dates stay 'YYYY-MM-DD': a JavaScript Date would move them by the server's time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

/**
 * Opens a pool with the session limits that keep one slow query or idle transaction from holding others up. It grows to its size
 * as it is needed and stays so: on a busy machine a new connection may take longer than a request may wait for one, and every lull
 * of half a minute was followed by 503.
 */
export function openDatabase(options: DatabaseOptions, log: Log): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    min: options.poolSize,
    // Without it a firewall on the way may forget a connection that nobody used for a while.
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
    connectionTimeoutMillis: options.acquireTimeoutMs,
    application_name: options.applicationName,
    statement_timeout: options.statementTimeoutMs,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 10_000,
    options: `-c timezone=UTC${options.waitsForDisk === false ? ' -c synchronous_commit=off' : ''}`,
    onConnect: (client) => {
      giveUpSilence(client, options.statementTimeoutMs + (options.patienceMs ?? 5_000))
      return limitTransactions(client, options)
    },
  })
  // Without these two listeners a killed backend ends the process with an unhandled 'error' event.
  pool.on('error', (error) => log.warn({ error: error.message }, 'idle database connection lost'))
  pool.on('connect', (client) => client.on('error', () => undefined))
  traceQueries(pool)
  return { db: drizzle(pool), pool, close: () => pool.end() }
}

/** Bounds a whole transaction at 15 s, or one statement's limit when that is longer. PostgreSQL before 17 cannot. */
async function limitTransactions(client: pg.ClientBase, options: DatabaseOptions): Promise<void> {
  await client.query(
    `select set_config('transaction_timeout', $1, false) where current_setting('server_version_num')::int >= 170000`,
    [String(Math.max(15_000, options.statementTimeoutMs))],
  )
}
