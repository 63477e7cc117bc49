import type { Pace } from './pace.ts'

/** Whether one more attempt at an endpoint may begin now, or what stands against it. */
export type Admission = 'go' | 'disabled' | 'paused' | 'crowded'

/** @param running attempts at the endpoint that have not reported back. */
export function admit(
  endpoint: Pick<Pace, 'parallelLimit' | 'pausedUntil'> & { isEnabled: boolean },
  { running, now }: { running: number; now: Date },
): Admission {
  if (!endpoint.isEnabled) return 'disabled'
  if (endpoint.pausedUntil !== null && endpoint.pausedUntil > now) return 'paused'
  return running >= endpoint.parallelLimit ? 'crowded' : 'go'
}
