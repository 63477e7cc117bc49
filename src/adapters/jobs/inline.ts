import { assertNever } from '../../kernel/assert.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Job, JobRequest, Schedule } from '../../kernel/job.ts'
import type { JobQueue, QueueDepth } from '../../ports/job-queue.ts'

type Waiting = JobRequest & { id: string }

/** A queue for tests: it keeps the requests until `runAll` runs them in the test's own turn. */
export type InlineJobQueue = JobQueue & {
  /** What waits, in the order in which it would run. */
  waiting(): readonly Waiting[]
  schedules(): readonly Schedule[]
  cancelled(): readonly { id: string; reason: string }[]
  /**
   * Runs what is due by the clock, and what those jobs request, until nothing is. What fails throws at once, so that the
   * test sees the error of the handler; nothing is tried again.
   */
  runAll<D>(jobs: readonly Job<D>[], deps: D): Promise<number>
}

/** Jobs in memory, one at a time. `work` is refused: who needs real workers tests with a real queue. */
export function inlineJobQueue(clock: Clock): InlineJobQueue {
  const known = new Set<string>()
  const cancelled: { id: string; reason: string }[] = []
  let waiting: Waiting[] = []
  let schedules: readonly Schedule[] = []

  const add = (request: Waiting) => {
    if (request.coalesce === undefined ? known.has(request.id) : waiting.some((other) => isLike(other, request))) return
    known.add(request.id)
    waiting.push(request)
  }
  const isDue = ({ runAt }: Waiting) => runAt === undefined || runAt <= clock.now()
  const takeDue = () => {
    const index = waiting.findIndex(isDue)
    return index < 0 ? undefined : waiting.splice(index, 1)[0]
  }
  const run = async <D>(jobs: readonly Job<D>[], deps: D, request: Waiting) => {
    const job = jobs.find(({ name, queue }) => name === request.name && queue === request.queue)
    if (job === undefined) throw new Error(`no job named ${request.name} on queue ${request.queue}`)
    const outcome = await job.execute(deps, structuredClone(request.payload))
    switch (outcome.status) {
      case 'done':
        return
      case 'cancel':
        cancelled.push({ id: request.id, reason: outcome.reason })
        return
      case 'snooze':
        waiting.push({ ...request, runAt: new Date(clock.now().getTime() + outcome.delayMs) })
        return
      default:
        assertNever(outcome)
    }
  }

  return {
    enqueue: async (requests) => requests.forEach(add),
    schedule: async (listed) => {
      schedules = listed
    },
    work: () => Promise.reject(new Error('the inline queue has no workers; call runAll')),
    depths: async (queues) => queues.map((queue) => depthOf(queue, waiting, isDue)),
    // What fails here throws to the test; nothing is kept as failed.
    listFailed: async () => [],
    retryFailed: async () => 0,
    discardFailed: async () => 0,
    hasForgotten: async () => false,
    remember: async () => undefined,
    close: async () => {
      waiting = []
    },
    waiting: () => waiting,
    schedules: () => schedules,
    cancelled: () => cancelled,
    runAll: async (jobs, deps) => {
      let count = 0
      for (let request = takeDue(); request; request = takeDue()) {
        await run(jobs, deps, request)
        count += 1
      }
      return count
    },
  }
}

/** Coalesced like the real queue does: what is wanted now and what is wanted later stay apart. */
function isLike(one: Waiting, other: Waiting): boolean {
  return (
    one.name === other.name &&
    one.queue === other.queue &&
    one.coalesce === other.coalesce &&
    (one.runAt === undefined) === (other.runAt === undefined)
  )
}

function depthOf(queue: string, waiting: readonly Waiting[], isDue: (request: Waiting) => boolean): QueueDepth {
  const own = waiting.filter((request) => request.queue === queue)
  const due = own.filter(isDue).length
  return { queue, waiting: due, active: 0, delayed: own.length - due, failed: 0, oldestWaitingMs: 0 }
}
