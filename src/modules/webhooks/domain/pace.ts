import { retryAfterTime } from '../../../kernel/retry-schedule.ts'
import { type Answer, isSuccess } from './delivery.ts'

/** How hard an endpoint may be worked. Each has its own, so that a slow one holds up nobody else. */
export type Pace = { parallelLimit: number; consecutiveFailures: number; pausedUntil: Date | null }

/** A worker process runs 32 attempts at once; one new endpoint can hold 4 of them, and one that hangs soon only 1. */
export const firstPace: Pace = { parallelLimit: 4, consecutiveFailures: 0, pausedUntil: null }
const mostParallel = 8
const quickMs = 1_000
const slowMs = 2_500
const firstPauseMs = 5_000
const longestPauseMs = 320_000
const overloaded = new Set([429, 502, 504])

/** One more at a time after a quick success, half as many after a failure or a slow answer; a pause when it is overloaded. */
export function paceAfter(pace: Pace, answer: Answer, now: Date): Pace {
  if (isSuccess(answer)) {
    const { latencyMs } = answer
    const parallelLimit =
      latencyMs > slowMs ? halved(pace) : Math.min(pace.parallelLimit + (latencyMs <= quickMs ? 1 : 0), mostParallel)
    return { ...pace, parallelLimit, consecutiveFailures: 0 }
  }
  const consecutiveFailures = pace.consecutiveFailures + 1
  const paused = pauseAfter(pace, answer, now)?.getTime() ?? 0
  const until = Math.max(paused, pace.pausedUntil?.getTime() ?? 0)
  return { parallelLimit: halved(pace), consecutiveFailures, pausedUntil: until === 0 ? null : new Date(until) }
}

function halved({ parallelLimit }: Pace): number {
  return Math.max(Math.floor(parallelLimit / 2), 1)
}

/** As long as the receiver asks for; without that 5 s, doubled with every failure in a row up to 320 s. */
function pauseAfter({ consecutiveFailures }: Pace, answer: Answer, now: Date): Date | undefined {
  const asked = retryAfterTime(answer.retryAfter, now)
  if (asked !== undefined) return asked
  const isOverloaded = answer.failure === 'timeout' || overloaded.has(answer.statusCode ?? 0)
  if (!isOverloaded) return undefined
  return new Date(now.getTime() + Math.min(firstPauseMs * 2 ** Math.min(consecutiveFailures, 16), longestPauseMs))
}
