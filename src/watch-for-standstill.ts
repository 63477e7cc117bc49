import type { Clock } from './kernel/clock.ts'
import type { Job } from './kernel/job.ts'
import type { JobQueue } from './ports/job-queue.ts'

type WatchDeps = { jobs: Pick<JobQueue, 'depths'>; clock: Clock }

/**
 * Notices a worker that has silently stopped taking jobs, which BullMQ did after outages of Redis in several releases
 * (#4479, #4585): jobs wait, none is running anywhere, and this process has started none for a while.
 */
export function watchForStandstill<D>(jobs: readonly Job<D>[], deps: WatchDeps) {
  const queues = [...new Set(jobs.map(({ queue }) => queue))]
  const lastSign = new Map(queues.map((queue) => [queue, deps.clock.now().getTime()]))
  const note = (queue: string) => lastSign.set(queue, deps.clock.now().getTime())
  const watched = jobs.map(
    (job): Job<D> => ({
      ...job,
      execute: (given, payload) => {
        note(job.queue)
        return job.execute(given, payload).finally(() => note(job.queue))
      },
    }),
  )
  const standingStill = async (patienceMs: number): Promise<string[]> => {
    const found: string[] = []
    for (const { queue, waiting, active } of await deps.jobs.depths(queues)) {
      // An empty queue is a sign of health too: the patience starts with the first job that waits.
      if (waiting === 0 || active > 0) note(queue)
      else if (deps.clock.now().getTime() - (lastSign.get(queue) ?? 0) >= patienceMs) found.push(queue)
    }
    return found
  }
  return { jobs: watched, standingStill }
}
