import { setTimeout as sleep } from 'node:timers/promises'
import { type Job as BullJob, DelayedError, UnrecoverableError } from 'bullmq'
import { assertNever } from '../../kernel/assert.ts'
import type { Clock } from '../../kernel/clock.ts'
import { passFaultPoint } from '../../kernel/fault-points.ts'
import type { Job } from '../../kernel/job.ts'
import type { Log } from '../../kernel/log.ts'
import type { RunningWorkers } from '../../ports/job-queue.ts'
import type { BullWorker, JobBackend, Processor, WorkerSettings } from './bullmq-backend.ts'
import { keepableFailure } from './bullmq-failure.ts'

type WorkContext = { backend: JobBackend; clock: Clock; log: Log }

/** One worker per queue of the given jobs. */
export async function startWorkers<D>(
  context: WorkContext,
  work: { jobs: readonly Job<D>[]; deps: D },
  settings: WorkerSettings,
): Promise<RunningWorkers> {
  const queues = [...new Set(work.jobs.map(({ queue }) => queue))]
  const connections = context.backend.openWorkerConnections(queues)
  const workers = queues.map((queue) => {
    const jobs = work.jobs.filter((job) => job.queue === queue)
    const concurrency = Math.max(settings.concurrency, ...jobs.map((job) => job.concurrency ?? 0))
    const processor = processorFor(jobs, work.deps, context.clock)
    const worker = connections.openWorker(queue, processor, { ...settings, concurrency })
    observe(worker, queue, context.log)
    return worker
  })
  const close = async () => {
    await Promise.all(workers.map((worker) => worker.close()))
    await connections.close()
  }
  try {
    await Promise.all(workers.map((worker) => worker.waitUntilReady()))
  } catch (error) {
    await close()
    throw error
  }
  let closing: Promise<void> | undefined
  return {
    drain: (timeoutMs) => {
      closing ??= close()
      return drain(closing, timeoutMs, context.log)
    },
  }
}

/** `close()` waits for running jobs without a limit; what is left after ours is taken up by another worker. */
async function drain(closing: Promise<void>, timeoutMs: number, log: Log): Promise<void> {
  const patience = new AbortController()
  const timeout = sleep(timeoutMs, 'timeout' as const, { signal: patience.signal }).catch(() => 'stopped' as const)
  const first = await Promise.race([closing.then(() => 'closed' as const), timeout])
  patience.abort()
  if (first === 'timeout') {
    log.warn({ timeoutMs }, 'jobs were still running at the end of the drain; another worker will run them again')
  }
}

function processorFor<D>(jobs: readonly Job<D>[], deps: D, clock: Clock): Processor {
  const byName = new Map(jobs.map((job) => [job.name, job]))
  return async (bullJob, token) => {
    const job = byName.get(bullJob.name)
    // A newer release may have requested it: the retries give that release time to take it.
    if (job === undefined) throw new Error(`this process has no job named ${bullJob.name}`)
    passFaultPoint('job.taken')
    const outcome = await job.execute(deps, bullJob.data).catch((error: unknown) => {
      throw keepableFailure(error)
    })
    passFaultPoint('job.ran')
    switch (outcome.status) {
      case 'done':
        return
      case 'cancel':
        throw new UnrecoverableError(outcome.reason)
      case 'snooze':
        await bullJob.moveToDelayed(clock.now().getTime() + outcome.delayMs, token)
        throw new DelayedError()
      default:
        assertNever(outcome)
    }
  }
}

/** Without an 'error' listener the first lost connection would end the process. */
function observe(worker: BullWorker, queue: string, log: Log): void {
  worker.on('error', (error) => log.warn({ queue, error: error.message }, 'job worker error'))
  worker.on('stalled', (jobId) => log.warn({ queue, jobId }, 'job taken back from a worker that fell silent'))
  worker.on('failed', (job, error) => {
    const fields = { queue, ...describe(job), reason: error.message }
    if (error instanceof UnrecoverableError) log.info(fields, 'job cancelled')
    else if (job?.finishedOn === undefined) log.warn(fields, 'job failed and will be tried again')
    else log.error(fields, 'job failed for good')
  })
}

function describe(job: BullJob | undefined) {
  return { job: job?.name, jobId: job?.id, attempt: job?.attemptsMade }
}
