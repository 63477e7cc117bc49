import { z } from 'zod'
import type { Db } from './db/client.ts'
import { defineJob, type Schedule } from './kernel/job.ts'
import { purgeExpired } from './outbox/index.ts'

/** Deletes what has served: done outbox events after 7 days, idempotency keys after their 24 hours. */
export const purgeExpiredJob = defineJob({
  name: 'maintenance.purge-expired',
  queue: 'maintenance',
  attempts: 3,
  payload: z.object({}),
  run: async (deps: { db: Db }) => {
    await purgeExpired(deps.db)
    return undefined
  },
})

export const maintenanceJobs = [purgeExpiredJob]
export const maintenanceSchedules: Schedule[] = [
  { id: 'maintenance.purge-expired', request: purgeExpiredJob.request({}), everyMs: 3_600_000 },
]
