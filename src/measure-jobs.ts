import { Histogram, type Registry } from 'prom-client'
import type { Job } from './kernel/job.ts'

/** The same jobs, each run counted and timed by name and outcome (done, cancel, snooze, failed). */
export function measureJobs<D>(jobs: readonly Job<D>[], registry: Registry): readonly Job<D>[] {
  const duration = new Histogram({
    name: 'job_duration_seconds',
    help: 'Time that a run of a job took, by its name and how it ended.',
    labelNames: ['job', 'outcome'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60],
    registers: [registry],
  })
  return jobs.map((job) => ({
    ...job,
    execute: async (deps, payload) => {
      const end = duration.startTimer({ job: job.name })
      try {
        const outcome = await job.execute(deps, payload)
        end({ outcome: outcome.status })
        return outcome
      } catch (error) {
        end({ outcome: 'failed' })
        throw error
      }
    },
  }))
}
