import type { Db } from '../db/client.ts'
import type { Log } from '../kernel/log.ts'
import type { JobQueue } from '../ports/job-queue.ts'
import { reopenDone } from './outbox-repo.ts'

/** A queue that is six hours behind has called somebody long ago. What is planned for later is found by sweepers. */
const windowMs = 6 * 3_600_000

/**
 * Hands the events of the last six hours over once more when the store of jobs has lost everything (FLUSHALL, a new Redis, a move
 * from PostgreSQL to Redis). Jobs that were done run again and change nothing. The mark comes last: a process that dies in
 * between leaves it to the next.
 */
export async function replayLostJobs(deps: {
  db: Db
  jobs: Pick<JobQueue, 'hasForgotten' | 'remember'>
  log: Log
}): Promise<void> {
  if (!(await deps.jobs.hasForgotten())) return
  const events = await reopenDone(deps.db, windowMs)
  await deps.jobs.remember()
  if (events > 0) deps.log.warn({ events }, 'the job queue has lost its jobs; recent events are handed over again')
}
