import type { Job, JobRequest, Schedule } from '../kernel/job.ts'

/** Counts of one queue for metrics and operators; the age is that of the job that has been due longest, 0 without one. */
export type QueueDepth = {
  queue: string
  waiting: number
  active: number
  delayed: number
  failed: number
  oldestWaitingMs: number
}

/** A job that was given up: cancelled, or failed as often as it may. Kept for seven days. */
export type FailedJob = {
  id: string
  queue: string
  name: string
  payload: Record<string, unknown>
  /** How often it ran. */
  attempts: number
  /** Without values of statements, at most 300 characters. */
  reason: string
  failedAt: Date
}

export type RunningWorkers = {
  /** Stops taking jobs, lets the running ones finish (at most `timeoutMs`), then closes. */
  drain(timeoutMs: number): Promise<void>
}

/** Background jobs: at least once, so handlers are idempotent. */
export type JobQueue = {
  /**
   * Adds the jobs; the same `id` added twice while the first is still known is one job. A coalesced request is merged by
   * its key, not by its id. Fails fast when the backend is away: the outbox keeps the event.
   */
  enqueue(requests: readonly (JobRequest & { id: string })[]): Promise<void>
  /** Creates or updates the schedules and removes those that are no longer listed. */
  schedule(schedules: readonly Schedule[]): Promise<void>
  /** Works the queues of the given jobs in this process. */
  work<D>(jobs: readonly Job<D>[], deps: D, options: { concurrency: number }): Promise<RunningWorkers>
  depths(queues: readonly string[]): Promise<QueueDepth[]>
  /** Jobs that were given up, newest first. */
  listFailed(queue: string, limit: number): Promise<FailedJob[]>
  /** Lets these failed jobs run again, with all their attempts. Returns how many there were. */
  retryFailed(queue: string, ids: readonly string[]): Promise<number>
  /** Forgets these failed jobs. Returns how many there were. */
  discardFailed(queue: string, ids: readonly string[]): Promise<number>
  /** Whether the store has lost everything since `remember`, or was never told. Never, where jobs lie in the database. */
  hasForgotten(): Promise<boolean>
  /** Leaves a mark in the store that is lost together with the jobs. */
  remember(): Promise<void>
  close(): Promise<void>
}
