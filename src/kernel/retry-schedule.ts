const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** Rest before each attempt of a delivery, the first at once: ten attempts over three days (Standard Webhooks 1.0). */
export const deliveryDelaysMs: readonly number[] = [
  0,
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
]
const jitterShare = 0.2
const longestRetryAfterMs = 24 * hour

/**
 * When to try again after so many failed attempts, 20 % sooner or later so that a crowd spreads out; undefined after the
 * last. `random` is from 0 to 1; nothing begins before `notBefore`, which is what the receiver asked for.
 */
export function nextAttemptAt(after: { attempts: number; now: Date; random: number; notBefore?: Date | null }) {
  const delayMs = deliveryDelaysMs[after.attempts]
  if (delayMs === undefined) return undefined
  const planned = after.now.getTime() + delayMs * (1 - jitterShare + 2 * jitterShare * after.random)
  return new Date(Math.round(Math.max(planned, after.notBefore?.getTime() ?? 0)))
}

/** The time a Retry-After header names, in seconds or as an HTTP date, at most a day away; undefined for anything else. */
export function retryAfterTime(header: string | undefined, now: Date): Date | undefined {
  const text = header?.trim() ?? ''
  const time = /^\d{1,9}$/.test(text) ? now.getTime() + Number(text) * second : Date.parse(httpDate(text))
  if (Number.isNaN(time) || time <= now.getTime()) return undefined
  return new Date(Math.min(time, now.getTime() + longestRetryAfterMs))
}

/** Date.parse takes almost anything for a date; an HTTP date begins with a weekday. */
function httpDate(text: string): string {
  return /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text) ? text : ''
}
