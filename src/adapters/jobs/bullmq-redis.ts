import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { AppError } from '../../kernel/errors.ts'
import type { Log } from '../../kernel/log.ts'
import { type JobBackend, openOnce, workerOptions } from './bullmq-backend.ts'
import { faultsOf } from './redis-server.ts'

const prefix = 'queqiao'
const markKey = `${prefix}:mark`

/**
 * Jobs in Redis. Producers share one connection that fails fast, so that the outbox keeps the events while Redis is away;
 * workers share one that waits, and BullMQ adds a blocking one per queue.
 */
export function redisJobBackend(url: string, log: Log): JobBackend {
  const producer = new Redis(url, {
    connectionName: 'queqiao-jobs',
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 2_000,
    connectTimeout: 2_000,
    retryStrategy,
  })
  producer.on('error', (error) => log.warn({ error: error.message }, 'redis connection error'))
  producer.on('ready', () => void warnAboutServer(producer, log))
  const queues = openOnce(async (name) => {
    await assertReady(producer)
    const queue = new Queue(name, { connection: producer, prefix, skipVersionCheck: true })
    queue.on('error', (error) => log.warn({ queue: name, error: error.message }, 'job queue error'))
    await queue.waitUntilReady()
    return queue
  })

  return {
    keepCompleted: { age: 3_600, count: 1_000 },
    openQueue: async (name) => {
      await assertReady(producer)
      return queues.get(name)
    },
    openWorkerConnections: () => {
      const connection = new Redis(url, { connectionName: 'queqiao-worker', maxRetriesPerRequest: null, retryStrategy })
      connection.on('error', (error) => log.warn({ error: error.message }, 'redis connection error'))
      return {
        openWorker: (name, processor, settings) =>
          new Worker(name, processor, { connection, prefix, ...workerOptions(settings) }),
        close: async () => connection.disconnect(),
      }
    },
    queuesWithSchedules: async () => {
      await assertReady(producer)
      const names = new Set<string>()
      for await (const keys of producer.scanStream({ match: `${prefix}:*:repeat`, count: 1_000 })) {
        for (const key of keys as string[]) names.add(key.slice(prefix.length + 1, -':repeat'.length))
      }
      return [...names]
    },
    hasForgotten: async () => {
      await assertReady(producer)
      return (await producer.exists(markKey)) === 0
    },
    remember: async () => {
      await producer.set(markKey, '1')
    },
    close: async () => {
      for (const queue of await queues.all()) await queue.close()
      producer.disconnect()
    },
  }
}

/** 50 ms, 100 ms … 2 s between two attempts to connect. */
const retryStrategy = (attempt: number) => Math.min(attempt * 50, 2_000)

/** Right after the start the connection is given two seconds; later a lost one is refused at once. */
async function assertReady(client: Redis): Promise<void> {
  if (client.status === 'ready') return
  const isFirstContact = client.status === 'connecting' || client.status === 'connect'
  if (isFirstContact && (await becomesReady(client))) return
  throw new AppError('UNAVAILABLE', 'The job queue cannot be reached.')
}

function becomesReady(client: Redis): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (isReady: boolean) => {
      clearTimeout(timer)
      client.off('ready', onReady)
      client.off('close', onClose)
      resolve(isReady)
    }
    const onReady = () => settle(true)
    const onClose = () => settle(false)
    const timer = setTimeout(onClose, 2_000)
    client.on('ready', onReady)
    client.on('close', onClose)
  })
}

/** At each connection: the server may be another one now, or set up anew since the start refused what was wrong. */
async function warnAboutServer(client: Redis, log: Log): Promise<void> {
  const info = await client.info().catch(() => '')
  for (const fault of faultsOf(info)) log.warn({ fault }, 'redis cannot keep jobs')
}
