import { type Clock, systemClock } from '../../kernel/clock.ts'
import type { Log } from '../../kernel/log.ts'
import type { JobQueue, QueueDepth } from '../../ports/job-queue.ts'
import { defaultTimings, type JobBackend, type JobTimings } from './bullmq-backend.ts'
import { forFailed, listFailed, retryJob } from './bullmq-failed.ts'
import { postgresJobBackend } from './bullmq-postgres.ts'
import { redisJobBackend } from './bullmq-redis.ts'
import { type IdentifiedRequest, type JobPolicy, toBullJob } from './bullmq-request.ts'
import { reconcileSchedules } from './bullmq-schedules.ts'
import { startWorkers } from './bullmq-worker.ts'

export { migrateJobQueue } from './bullmq-postgres.ts'
export { assertUsableRedis } from './redis-server.ts'

export type BullmqOptions = {
  backend: { kind: 'postgres'; connectionString: string } | { kind: 'redis'; url: string }
  log: Log
  /** The one that `runAt` is meant by. BullMQ itself counts by its machine's, and what is compared with its times does, too. */
  clock?: Clock
  timings?: Partial<JobTimings>
}

/** Jobs through BullMQ 6: in the database that is there anyway, or in Redis where there is more to do. */
export async function bullmqJobQueue(options: BullmqOptions): Promise<JobQueue> {
  const { log, clock = systemClock } = options
  const timings = { ...defaultTimings, ...options.timings }
  const backend = openBackend(options)
  const policy: JobPolicy = { timings, keepCompleted: backend.keepCompleted }
  return {
    enqueue: async (requests) => {
      const now = clock.now()
      const queues = [...new Set(requests.map(({ queue }) => queue))]
      const groupOf = (name: string) => requests.filter(({ queue }) => queue === name)
      await Promise.all(queues.map((name) => addTo(backend, name, { group: groupOf(name), now, policy })))
    },
    schedule: (schedules) => reconcileSchedules({ backend, policy, clock: systemClock }, schedules),
    work: (jobs, deps, { concurrency }) =>
      startWorkers({ backend, clock: systemClock, log }, { jobs, deps }, { concurrency, timings }),
    depths: (queues) => Promise.all(queues.map((queue) => depthOf({ backend, clock: systemClock }, queue))),
    listFailed: async (queue, limit) => listFailed(await backend.openQueue(queue), queue, limit),
    retryFailed: async (queue, ids) => forFailed(await backend.openQueue(queue), ids, retryJob),
    discardFailed: async (queue, ids) => forFailed(await backend.openQueue(queue), ids, (job) => job.remove()),
    hasForgotten: () => backend.hasForgotten(),
    remember: () => backend.remember(),
    close: () => backend.close(),
  }
}

function openBackend({ backend, log }: BullmqOptions): JobBackend {
  return backend.kind === 'postgres'
    ? postgresJobBackend(backend.connectionString, log)
    : redisJobBackend(backend.url, log)
}

type Addition = { group: readonly IdentifiedRequest[]; now: Date; policy: JobPolicy }

/**
 * Coalesced requests go apart: on PostgreSQL one of them would send the whole batch down the row-by-row path. So does a
 * single one, because there a batch makes two temporary tables.
 */
async function addTo(backend: JobBackend, name: string, { group, now, policy }: Addition): Promise<void> {
  const queue = await backend.openQueue(name)
  const isCoalesced = ({ coalesce }: IdentifiedRequest) => coalesce !== undefined
  for (const part of [group.filter((request) => !isCoalesced(request)), group.filter(isCoalesced)]) {
    const [job, ...others] = part.map((request) => toBullJob(request, now, policy))
    if (job === undefined) continue
    if (others.length > 0) await queue.addBulk([job, ...others])
    else await queue.add(job.name, job.data, job.opts)
  }
}

async function depthOf({ backend, clock }: { backend: JobBackend; clock: Clock }, name: string): Promise<QueueDepth> {
  const queue = await backend.openQueue(name)
  const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed')
  const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts
  const [oldest] = waiting > 0 ? await queue.getJobs(['waiting'], 0, 0, true) : []
  const dueAt = oldest && oldest.timestamp + (oldest.opts.delay ?? 0)
  const oldestWaitingMs = dueAt === undefined ? 0 : Math.max(clock.now().getTime() - dueAt, 0)
  return { queue: name, waiting, active, delayed, failed, oldestWaitingMs }
}
