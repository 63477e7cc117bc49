import { createPostgresBackend, runMigrations, withBackend } from 'bullmq'
import pg from 'pg'
import type { Log } from '../../kernel/log.ts'
import { type JobBackend, openOnce, workerOptions } from './bullmq-backend.ts'

const postgres = withBackend(createPostgresBackend)
const schema = 'bullmq'

/** Creates or upgrades the tables of the job queue; part of the migration step, never of a start. */
export async function migrateJobQueue(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, application_name: 'queqiao-migrate' })
  await client.connect()
  try {
    await runMigrations(client)
  } finally {
    await client.end()
  }
}

/**
 * Jobs in PostgreSQL. One pool of 2 for producing and, where workers run, one pool of queues + 3 (each queue holds one
 * connection for LISTEN): 10 connections for five queues in one process, of the 120 that the embedded server allows.
 */
export function postgresJobBackend(connectionString: string, log: Log): JobBackend {
  const producers = openPool({ connectionString, max: 2, application_name: 'queqiao-jobs' }, log)
  const queues = openOnce(async (name) => {
    // BullMQ remembers a failed first contact for ever, so a queue object is made only when the database answers.
    await producers.query('select 1')
    const queue = new postgres.Queue(name, { connection: producers })
    queue.on('error', (error) => log.warn({ queue: name, error: error.message }, 'job queue error'))
    await queue.waitUntilReady()
    return queue
  })

  return {
    // No count: BullMQ sorts the kept rows of the queue at every completion, which cost four of five jobs per second
    // (600/s with a count of 1,000, 3,200/s without).
    keepCompleted: { age: 900 },
    openQueue: queues.get,
    openWorkerConnections: (names) => {
      const pool = openPool(
        {
          connectionString,
          max: names.length + 3,
          application_name: 'queqiao-worker',
          // A crash of the server may forget the last 0.6 s of "taken" and "finished": such jobs run again, which they may
          // anyway. Requests are added by the producers' pool, which waits for the disk.
          options: '-c synchronous_commit=off',
        },
        log,
      )
      return {
        openWorker: (name, processor, settings) =>
          new postgres.Worker(name, processor, { connection: pool, ...workerOptions(settings) }),
        close: () => pool.end(),
      }
    },
    queuesWithSchedules: async () => {
      const { rows } = await producers.query<{ queue: string }>('select distinct queue from scheduler')
      return rows.map(({ queue }) => queue)
    },
    // Jobs and events are in one database: what one loses, the other loses too.
    hasForgotten: async () => false,
    remember: async () => undefined,
    close: async () => {
      for (const queue of await queues.all()) await queue.close()
      await producers.end()
    },
  }
}

function openPool(config: pg.PoolConfig, log: Log): pg.Pool {
  const pool = new pg.Pool({
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: 10_000,
    ...config,
    options: `${config.options ?? ''} -c search_path=${schema}`,
  })
  // Every queue and worker adds a listener of its own to the shared pool.
  pool.setMaxListeners(100)
  pool.on('error', (error) => log.warn({ error: error.message }, 'idle job queue connection lost'))
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
