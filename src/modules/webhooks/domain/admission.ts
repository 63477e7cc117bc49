import { deliveryDelaysMs } from '../../../kernel/retry-schedule.ts'
import type { DeliveryState } from './delivery.ts'
import type { Pace } from './pace.ts'

type Standing = {
  delivery: { state: DeliveryState; attempts: number; nextAttemptAt: Date | null }
  endpoint: { isEnabled: boolean } & Pace
  /** Left of the lease of an attempt that has not reported back; 0 when it ran out, undefined when there is none. */
  leaseLeftMs: number | undefined
  /** Attempts at this endpoint that are running now. */
  running: number
}

/** Whether the attempt begins now. `superseded`: it is done, or another job has it. */
export type Admission = 'go' | 'superseded' | 'cancel' | 'exhausted' | 'paused' | 'crowded' | { waitMs: number }

/**
 * Jobs are hints and may come twice or late; the row says what is due. An attempt counts when it begins, so one whose
 * worker died is known to have happened, and nobody is asked more than ten times.
 */
export function admit(job: { attempt: number; now: Date }, standing: Standing): Admission {
  const { delivery, endpoint, leaseLeftMs } = standing
  const isNext = leaseLeftMs === undefined && delivery.attempts === job.attempt - 1
  const isUnreported = leaseLeftMs !== undefined && delivery.attempts === job.attempt
  if (delivery.state !== 'pending' || !(isNext || isUnreported)) return 'superseded'
  if (leaseLeftMs !== undefined && leaseLeftMs > 0) return { waitMs: leaseLeftMs }
  if (!endpoint.isEnabled) return 'cancel'
  if (delivery.attempts >= deliveryDelaysMs.length) return 'exhausted'
  const waitMs = (delivery.nextAttemptAt?.getTime() ?? 0) - job.now.getTime()
  if (waitMs > 0) return { waitMs }
  if (endpoint.pausedUntil !== null && endpoint.pausedUntil > job.now) return 'paused'
  return standing.running >= endpoint.parallelLimit ? 'crowded' : 'go'
}
