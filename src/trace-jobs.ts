import type { Job } from './kernel/job.ts'
import { inSpan, traceparentIn } from './kernel/tracing.ts'

/** The same jobs, each run in a span below the request or job that caused it. */
export function traceJobs<D>(jobs: readonly Job<D>[]): readonly Job<D>[] {
  return jobs.map((job) => ({
    ...job,
    execute: (deps, payload) => {
      let outcome = 'failed'
      return inSpan(
        {
          ...{ name: job.name, kind: 'consumer', parent: traceparentIn(payload) },
          attributes: { 'messaging.system': 'bullmq', 'messaging.destination.name': job.queue },
          atEnd: () => ({ 'queqiao.job.outcome': outcome }),
        },
        async () => {
          const ended = await job.execute(deps, payload)
          outcome = ended.status
          return ended
        },
      )
    },
  }))
}
