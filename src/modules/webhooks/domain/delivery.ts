import { nextAttemptAt, retryAfterTime } from '../../../kernel/retry-schedule.ts'

export const deliveryStates = ['pending', 'delivered', 'failed', 'cancelled'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** Why an endpoint is off: its owner said so, it answered 410, or a message failed for the last time. */
export const disabledReasons = ['owner', 'gone', 'exhausted'] as const
export type DisabledReason = (typeof disabledReasons)[number]

/** What a receiver did with one attempt; without a status there was no answer. */
export type Answer = { statusCode?: number; failure?: string; latencyMs: number; retryAfter?: string }

export type Verdict =
  | { state: 'delivered' }
  | { state: 'failed'; reason: 'gone' | 'exhausted' }
  | { state: 'pending'; at: Date }

/** Only 2xx is a success: 3xx is never followed, and 410 says that nobody wants to be asked again. */
export function judge(
  answer: Answer,
  { attempts, now, random }: { attempts: number; now: Date; random: number },
  pausedUntil: Date | null,
): Verdict {
  if (isSuccess(answer)) return { state: 'delivered' }
  if (answer.statusCode === 410) return { state: 'failed', reason: 'gone' }
  const asked = retryAfterTime(answer.retryAfter, now)?.getTime() ?? 0
  const notBefore = new Date(Math.max(asked, pausedUntil?.getTime() ?? 0))
  const at = nextAttemptAt({ attempts, now, random, notBefore })
  return at === undefined ? { state: 'failed', reason: 'exhausted' } : { state: 'pending', at }
}

export function isSuccess({ statusCode = 0 }: Answer): boolean {
  return statusCode >= 200 && statusCode < 300
}
