import type { Job as BullJob } from 'bullmq'
import type { FailedJob } from '../../ports/job-queue.ts'
import type { BullQueue } from './bullmq-backend.ts'

/** Newest first, as BullMQ keeps them. */
export async function listFailed(queue: BullQueue, name: string, limit: number): Promise<FailedJob[]> {
  const jobs = await queue.getJobs(['failed'], 0, limit - 1)
  // BullMQ answers undefined for a job that was removed between its two reads.
  return jobs.filter((job) => job?.id !== undefined).map((job) => toFailedJob(job, name))
}

function toFailedJob(job: BullJob, queue: string): FailedJob {
  return {
    id: String(job.id),
    queue,
    name: job.name,
    payload: job.data as Record<string, unknown>,
    attempts: job.attemptsMade,
    reason: job.failedReason ?? 'unknown',
    failedAt: new Date(job.finishedOn ?? job.timestamp),
  }
}

/** Does it to those of the jobs that are failed at that moment. Returns how many. */
export async function forFailed(
  queue: BullQueue,
  ids: readonly string[],
  act: (job: BullJob) => Promise<void>,
): Promise<number> {
  let count = 0
  for (const id of ids) {
    const job = await queue.getJob(id)
    if (job === undefined || !(await job.isFailed())) continue
    await act(job)
    count += 1
  }
  return count
}

/** As if it had never run: with every attempt that its request allows. */
export const retryJob = (job: BullJob) => job.retry('failed', { resetAttemptsMade: true })
