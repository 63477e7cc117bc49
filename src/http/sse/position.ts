import type { StreamExtent } from './source.ts'

export type Position = { after: number; mustResync: boolean }

/**
 * Where a stream begins. A new client gets what is to come; one that resumes gets everything after what it has. Who has less
 * than is still there, or more than there ever was (a restored database), is told to read everything anew.
 */
export function startingPosition(lastEventId: number | undefined, { floor, last }: StreamExtent): Position {
  if (lastEventId === undefined) return { after: last, mustResync: false }
  const canResume = floor <= lastEventId && lastEventId <= last
  return canResume ? { after: lastEventId, mustResync: false } : { after: last, mustResync: true }
}
