import type { z } from 'zod'
import type { DeadEvent } from '../../outbox/index.ts'
import type { FailedJob } from '../../ports/job-queue.ts'
import type { deadLetterResponse, failedJobResponse } from './schemas.ts'

export function toDeadLetterResponse(event: DeadEvent): z.input<typeof deadLetterResponse> {
  return {
    id: event.id,
    type: event.type,
    version: event.version,
    data: event.data,
    occurredAt: event.occurredAt.toISOString(),
    attempts: event.attempts,
    deadAt: event.deadAt.toISOString(),
    lastError: event.lastError,
  }
}

export function toFailedJobResponse(job: FailedJob): z.input<typeof failedJobResponse> {
  return { ...job, failedAt: job.failedAt.toISOString() }
}
