import { setTimeout as sleep } from 'node:timers/promises'
import type { Deps } from './deps.ts'
import type { Job, Schedule, Subscription } from './kernel/job.ts'
import type { Log } from './kernel/log.ts'
import { replayLostJobs, runRelay } from './outbox/index.ts'
import { runSequencer, type Sequence } from './sequencer/index.ts'
import { watchForStandstill } from './watch-for-standstill.ts'

export type WorkerOptions = {
  deps: Deps
  /** The jobs that this process works; none in a process that only relays. */
  jobs: readonly Job<Deps>[]
  subscriptions: readonly Subscription[]
  schedules: readonly Schedule[]
  sequences: readonly Sequence[]
  /** Relays events, numbers rows for streams and keeps the schedules alive: several processes may, one has to. */
  withRelay: boolean
  concurrency: number
  log: Log
  /** Called when jobs wait and none has started for a minute; a new process is the cure. */
  onStandstill?: (queue: string) => void
}

export type RunningWorker = { stop(timeoutMs: number): Promise<void> }

const minuteMs = 60_000
/** How long jobs that were lost with their store stay unnoticed; each look is one key in Redis. */
const markLookMs = 5_000

/** Works the queues of the given jobs and, if asked, relays events, until it is stopped. */
export async function runWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { deps, log, concurrency } = options
  const stopping = new AbortController()
  const { signal } = stopping
  const watched = watchForStandstill(options.jobs, deps)
  const workers = watched.jobs.length > 0 ? await deps.jobs.work(watched.jobs, deps, { concurrency }) : undefined
  const loops = [
    repeat({ name: 'watch', everyMs: minuteMs / 2, log, signal }, async () => {
      for (const queue of await watched.standingStill(minuteMs)) options.onStandstill?.(queue)
    }),
  ]
  if (options.withRelay) {
    loops.push(
      runRelay(deps, options.subscriptions, signal),
      runSequencer(deps, options.sequences, signal),
      repeat({ name: 'schedule', everyMs: minuteMs, log, signal }, () => deps.jobs.schedule(options.schedules)),
      repeat({ name: 'replay', everyMs: markLookMs, log, signal }, () => replayLostJobs(deps)),
    )
  }
  return {
    stop: async (timeoutMs) => {
      stopping.abort()
      await Promise.all([endWithin(Promise.all(loops), timeoutMs), workers?.drain(timeoutMs)])
    },
  }
}

type Rhythm = { name: string; everyMs: number; log: Log; signal: AbortSignal }

/** At once, then again and again. A failure is told and waits for the next turn: the cause is an outage, not a bug. */
async function repeat({ name, everyMs, log, signal }: Rhythm, task: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await task().catch((error: Error) => log.warn({ task: name, reason: error.message.split('\n')[0] }, 'task failed'))
    await sleep(everyMs, undefined, { signal }).catch(() => undefined)
  }
}

async function endWithin(work: Promise<unknown>, timeoutMs: number): Promise<void> {
  const patience = new AbortController()
  await Promise.race([work, sleep(timeoutMs, undefined, { signal: patience.signal }).catch(() => undefined)])
  patience.abort()
}
