import { z } from 'zod'
import type { Db } from './db/client.ts'
import { defineJob, type Schedule } from './kernel/job.ts'
import { purgeExpired } from './outbox/index.ts'
import type { Vault } from './ports/vault.ts'
import { rewrapDataKeys } from './vault/index.ts'

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

/** Has work only after SECRET_KEY has changed. */
export const rewrapDataKeysJob = defineJob({
  name: 'maintenance.rewrap-data-keys',
  queue: 'maintenance',
  attempts: 3,
  payload: z.object({}),
  run: async (deps: { db: Db; vault: Vault }) => {
    await rewrapDataKeys(deps)
    return undefined
  },
})

export const maintenanceJobs = [purgeExpiredJob, rewrapDataKeysJob]
export const maintenanceSchedules: Schedule[] = [
  { id: 'maintenance.purge-expired', request: purgeExpiredJob.request({}), everyMs: 3_600_000 },
  { id: 'maintenance.rewrap-data-keys', request: rewrapDataKeysJob.request({}), everyMs: 3_600_000 },
]
