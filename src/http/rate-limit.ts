import { isIPv6 } from 'node:net'
import { AppError } from '../kernel/errors.ts'
import { ipv6Prefix } from '../kernel/network.ts'
import { isSignedIn, type Viewer } from '../kernel/principal.ts'

export type RateLimitPolicy = { name: string; limit: number; windowMs: number }

type Window = { startedAt: number; used: number }
export type RateLimiter = {
  /** Counts one request. @returns the RateLimit headers. @throws RATE_LIMITED (429). */
  take(policy: RateLimitPolicy, key: string): Record<string, string>
}

const maxWindows = 100_000

/**
 * Fixed windows in the memory of one process; several API processes each count for themselves. Headers follow
 * draft-ietf-httpapi-ratelimit-headers (structured fields), and Retry-After is never earlier than `t`.
 */
export function rateLimiter(nowMs: () => number): RateLimiter {
  const windows = new Map<string, Window>()
  return {
    take(policy, key) {
      const now = nowMs()
      const window = openWindow(windows, `${policy.name} ${key}`, { now, windowMs: policy.windowMs })
      window.used += 1
      const secondsLeft = Math.ceil((window.startedAt + policy.windowMs - now) / 1000)
      const headers = {
        'ratelimit-policy': `"${policy.name}";q=${policy.limit};w=${policy.windowMs / 1000}`,
        ratelimit: `"${policy.name}";r=${Math.max(0, policy.limit - window.used)};t=${secondsLeft}`,
      }
      if (window.used <= policy.limit) return headers
      throw new AppError('RATE_LIMITED', `More than ${policy.limit} requests in ${policy.windowMs / 1000} s.`, {
        headers: { ...headers, 'retry-after': String(secondsLeft) },
        details: { violatedPolicies: [policy.name] },
      })
    },
  }
}

/** Oldest first in the map, so that a flood of addresses pushes out old windows and not the count of everybody. */
function openWindow(windows: Map<string, Window>, id: string, time: { now: number; windowMs: number }): Window {
  const known = windows.get(id)
  if (known !== undefined && time.now - known.startedAt < time.windowMs) return known
  windows.delete(id)
  if (windows.size >= maxWindows) {
    const oldest = windows.keys().next()
    if (!oldest.done) windows.delete(oldest.value)
  }
  const opened = { startedAt: time.now, used: 0 }
  windows.set(id, opened)
  return opened
}

/**
 * A user counts as one wherever it calls from; anonymous callers count by address, IPv6 by its /64: one household or server gets
 * that many, so single addresses would be no limit.
 */
export function rateLimitKey(viewer: Viewer, ip: string): string {
  if (isSignedIn(viewer)) return viewer.userId
  return isIPv6(ip) ? ipv6Prefix(ip, 4) : ip
}
