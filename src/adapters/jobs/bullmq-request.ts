import type { JobRequest } from '../../kernel/job.ts'
import type { JobTimings, Retention } from './bullmq-backend.ts'

export type IdentifiedRequest = JobRequest & { id: string }

const weekSeconds = 7 * 86_400

/** How jobs of this adapter are treated; fixed when it is opened. */
export type JobPolicy = { timings: JobTimings; keepCompleted: Retention }

/** Options that every job has, whether requested or scheduled. */
export function jobOptions(request: JobRequest, { timings, keepCompleted }: JobPolicy) {
  return {
    attempts: request.attempts,
    backoff: { type: 'exponential', delay: timings.backoffMs, jitter: 0.5 },
    removeOnComplete: keepCompleted,
    removeOnFail: { age: weekSeconds },
    stackTraceLimit: 3,
    // Payloads are ids; a text that slipped in is refused here instead of lying about in the queue.
    sizeLimit: 16_384,
  }
}

/**
 * The job as BullMQ adds it.
 *
 * A coalesced request has no id of its own: BullMQ 6.7 on PostgreSQL hands the deduplication key to a repeated id even
 * when that job is finished, and all later requests would then be merged into a job that never runs again. Without an
 * id, delivering the same request twice costs one more run at worst.
 */
export function toBullJob(request: IdentifiedRequest, now: Date, policy: JobPolicy) {
  const delayMs = request.runAt ? Math.max(request.runAt.getTime() - now.getTime(), 0) : 0
  // What is wanted now never merges into a run that is planned for tomorrow.
  const time = request.runAt ? 'later' : 'now'
  const identity =
    request.coalesce === undefined
      ? { jobId: request.id }
      : { deduplication: { id: `${request.name}-${time}-${request.coalesce}`, keepLastIfActive: true } }
  return {
    name: request.name,
    data: request.payload,
    opts: { ...jobOptions(request, policy), ...identity, ...(delayMs > 0 && { delay: delayMs }) },
  }
}
