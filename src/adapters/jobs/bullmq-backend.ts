import type { Job as BullJob, Queue, Worker } from 'bullmq'

/** What the adapter needs of a BullMQ queue, the same over PostgreSQL and Redis. */
export type BullQueue = Pick<
  Queue,
  | 'add'
  | 'addBulk'
  | 'getJob'
  | 'getJobs'
  | 'getJobCounts'
  | 'getJobSchedulers'
  | 'upsertJobScheduler'
  | 'removeJobScheduler'
>

export type BullWorker = Pick<Worker, 'close' | 'waitUntilReady'> & {
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'failed', listener: (job: BullJob | undefined, error: Error) => void): unknown
  on(event: 'stalled', listener: (jobId: string) => void): unknown
}

export type Processor = (job: BullJob, token?: string) => Promise<void>

/** Times that production never changes; tests shorten them. */
export type JobTimings = {
  /** First retry; it doubles with every attempt and half of it is jitter. */
  backoffMs: number
  /** How long a job stays with a worker that gives no sign of life. */
  lockMs: number
  /** How often abandoned jobs are looked for. One is taken back at the second look, so after lockMs + 2 looks at most. */
  stalledCheckMs: number
  /** How late the next run of a schedule may be before the schedule is taken for broken and made anew. */
  scheduleGraceMs: number
}

export const defaultTimings: JobTimings = {
  backoffMs: 1_000,
  lockMs: 30_000,
  stalledCheckMs: 15_000,
  scheduleGraceMs: 60_000,
}

export type WorkerSettings = { concurrency: number; timings: JobTimings }

/** The connections of the workers of one process. */
export type WorkerConnections = {
  openWorker(queue: string, processor: Processor, settings: WorkerSettings): BullWorker
  close(): Promise<void>
}

/** Age in seconds. */
export type Retention = { age: number; count?: number }

/** Where the jobs are kept: connections and the few things that BullMQ's two backends do differently. */
export type JobBackend = {
  /** How long a finished job is known, and with it its id. */
  keepCompleted: Retention
  /** @throws when the backend cannot be reached; it never waits for it to come back. */
  openQueue(name: string): Promise<BullQueue>
  openWorkerConnections(queues: readonly string[]): WorkerConnections
  /** Queues that have schedules now, whoever created them. */
  queuesWithSchedules(): Promise<string[]>
  /** See JobQueue. */
  hasForgotten(): Promise<boolean>
  remember(): Promise<void>
  close(): Promise<void>
}

/** Options that every worker has on both backends. */
export function workerOptions(settings: WorkerSettings) {
  return {
    concurrency: settings.concurrency,
    lockDuration: settings.timings.lockMs,
    stalledInterval: settings.timings.stalledCheckMs,
    // A job whose worker died goes to another. Killed worker after worker, as by an operator in a hurry, it must not be given up;
    // one that takes its worker with it each time is, at last.
    maxStalledCount: 10,
    // Seconds of one blocking wait. A new job ends the wait at once; this only bounds a lost wake-up.
    drainDelay: 5,
    // The default of 15 s would keep a worker idle that long after a one-second restart of its database.
    runRetryDelay: 1_000,
  }
}

/** Opens each queue once, also for callers that ask at the same time; a failed attempt is forgotten. */
export function openOnce<Q>(open: (name: string) => Promise<Q>): {
  get(name: string): Promise<Q>
  all(): Promise<Q[]>
} {
  const opened = new Map<string, Promise<Q>>()
  const get = (name: string) => {
    const known = opened.get(name)
    if (known) return known
    const opening = open(name)
    opened.set(name, opening)
    opening.catch(() => opened.delete(name))
    return opening
  }
  return { get, all: () => Promise.all(opened.values()) }
}
