import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { defineJob, type Job, type Schedule } from '../../kernel/job.ts'
import { expireEnquiries } from './expire-enquiries.ts'

type JobDeps = { db: Db; clock: Clock }

export const expireEnquiriesJob = defineJob({
  ...{ name: 'enquiries.expire-enquiries', queue: 'introductions', attempts: 3 },
  payload: z.object({}),
  run: (deps: JobDeps) => expireEnquiries(deps),
})

export const enquiryJobs: readonly Job<JobDeps>[] = [expireEnquiriesJob]

/** Hourly; the days of validity end at midnight in China. */
export const enquirySchedules: readonly Schedule[] = [
  { id: 'enquiries.expire-enquiries', request: expireEnquiriesJob.request({}), pattern: '5 * * * *' },
]
