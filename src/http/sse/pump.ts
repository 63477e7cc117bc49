import { setTimeout as sleep } from 'node:timers/promises'
import { eventFrame } from './frame.ts'
import type { Outlet } from './outlet.ts'
import type { Read } from './shared-reads.ts'
import type { StreamEvent, StreamPage } from './source.ts'

const pageSize = 100
const pauseAfterFailureMs = 1_000

export type PumpOptions = {
  /** The number after which to begin. */
  after: number
  read: Read
  outlet: Outlet
  /** What of the data may leave. */
  shape(event: StreamEvent): StreamEvent
  /** Called once when nothing more can or will be written. */
  onEnd(reason: 'over' | 'stalled'): void
  /** Called when an event cannot be written: a mistake of ours. */
  onFailure(error: unknown): void
  signal: AbortSignal
}

export type Pump = { wake(): void }

/**
 * Carries events from the database to one client, page by page and in order. It reads on only when the client has room, so a
 * slow one falls behind instead of filling the memory, and is behind in the database, not in a queue of ours.
 */
export function pump(options: PumpOptions): Pump {
  const { read, outlet, shape, signal } = options
  let { after } = options
  let isRunning = false
  let isWanted = false

  /** @returns whether the stream goes on. */
  const deliver = async ({ events, isOver }: StreamPage): Promise<boolean> => {
    for (const event of events) {
      if (!(await outlet.write(eventFrame(shape(event))))) {
        if (!signal.aborted) options.onEnd('stalled')
        return false
      }
      after = event.id
    }
    if (isOver === true && !signal.aborted) options.onEnd('over')
    isWanted ||= events.length >= pageSize
    return isOver !== true
  }

  const run = async () => {
    isRunning = true
    while (isWanted && !signal.aborted) {
      isWanted = false
      // A failed read is an outage of the database: the client keeps its stream and gets everything afterwards.
      const page = await read({ after, limit: pageSize }).catch(() => undefined)
      if (page === undefined) {
        await sleep(pauseAfterFailureMs, undefined, { signal }).catch(() => undefined)
        isWanted = true
      } else if (!(await deliver(page))) break
    }
    isRunning = false
  }

  return {
    wake: () => {
      isWanted = true
      if (!isRunning) run().catch(options.onFailure)
    },
  }
}
