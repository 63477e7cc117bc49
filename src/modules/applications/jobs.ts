import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { defineJob, type Job, type Schedule } from '../../kernel/job.ts'
import { chaseLateSteps } from './chase-late-steps.ts'

type JobDeps = { db: Db; clock: Clock }

export const chaseLateStepsJob = defineJob({
  ...{ name: 'applications.chase-late-steps', queue: 'introductions', attempts: 3 },
  payload: z.object({}),
  run: (deps: JobDeps) => chaseLateSteps(deps),
})

export const applicationJobs: readonly Job<JobDeps>[] = [chaseLateStepsJob]

/** Hourly, in the twentieth minute; steps are due by days. */
export const applicationSchedules: readonly Schedule[] = [
  { id: 'applications.chase-late-steps', request: chaseLateStepsJob.request({}), pattern: '20 * * * *' },
]
