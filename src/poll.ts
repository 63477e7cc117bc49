import { setTimeout as sleep } from 'node:timers/promises'
import { sqlState } from './db/errors.ts'
import type { Log } from './kernel/log.ts'

type Polling = {
  /** What could not be done, for the log: `the relay could not deliver`. */
  trouble: string
  pollMs: number
  log: Log
  signal: AbortSignal
}

const longestPauseMs = 5_000

/**
 * Takes steps until the signal, finishing the one at hand: at once while there is more to do, otherwise after the pause. A
 * step that fails is told and tried again, later each time and at most 5 s later.
 *
 * @param step says whether there is more to do.
 */
export async function poll({ trouble, pollMs, log, signal }: Polling, step: () => Promise<boolean>): Promise<void> {
  let failures = 0
  while (!signal.aborted) {
    try {
      const hasMore = await step()
      failures = 0
      if (!hasMore) await pause(pollMs, signal)
    } catch (error) {
      failures += 1
      const waitMs = Math.min(pollMs * 2 ** failures, longestPauseMs)
      log.warn({ reason: reasonOf(error), failures, waitMs }, `${trouble}; it tries again`)
      await pause(waitMs, signal)
    }
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined)
}

/** Drizzle puts the parameters of a statement into its message; they stay out of the log. */
function reasonOf(error: unknown): string {
  const state = sqlState(error)
  if (state !== undefined) return `database error ${state}`
  return error instanceof Error ? (error.message.split('\n')[0] ?? '').slice(0, 200) : 'unknown'
}
