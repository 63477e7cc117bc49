import type { Viewer } from '../../kernel/principal.ts'

/** As long as a revocation may take to work; it saves the look-up for all but the first request of a second. */
const lifetimeMs = 1_000
const maxEntries = 10_000

export type ViewerCache = {
  get(key: string, nowMs: number): Viewer | undefined
  /** @param endsAtMs when the token itself ends, if that is sooner. */
  set(key: string, viewer: Viewer, times: { nowMs: number; endsAtMs: number }): void
  readonly size: number
}

/** Who a token belongs to, for one second; the oldest entry leaves when 10,000 are there. */
export function viewerCache(): ViewerCache {
  const entries = new Map<string, { viewer: Viewer; fromMs: number; untilMs: number }>()
  return {
    get(key, nowMs) {
      const entry = entries.get(key)
      // A clock that was set back must not stretch the second.
      if (entry !== undefined && nowMs >= entry.fromMs && nowMs < entry.untilMs) return entry.viewer
      entries.delete(key)
      return undefined
    },
    set(key, viewer, { nowMs, endsAtMs }) {
      const oldest = entries.size >= maxEntries ? entries.keys().next().value : undefined
      if (oldest !== undefined) entries.delete(oldest)
      entries.set(key, { viewer, fromMs: nowMs, untilMs: Math.min(nowMs + lifetimeMs, endsAtMs) })
    },
    get size() {
      return entries.size
    },
  }
}
