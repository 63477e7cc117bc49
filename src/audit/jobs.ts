import { z } from 'zod'
import type { Db } from '../db/client.ts'
import { defineJob, type Job, type Schedule } from '../kernel/job.ts'
import type { Log } from '../kernel/log.ts'
import { anchorChains } from './anchor-chains.ts'
import { sealEntries } from './seal-entries.ts'

const queue = 'maintenance'

export const sealEntriesJob = defineJob({
  ...{ name: 'audit.seal-entries', queue, attempts: 3 },
  payload: z.object({}),
  run: async (deps: { db: Db }) => {
    await sealEntries(deps)
    return undefined
  },
})

export const anchorChainsJob = defineJob({
  ...{ name: 'audit.anchor-chains', queue, attempts: 5 },
  payload: z.object({}),
  run: async (deps: { db: Db; log: Log }) => {
    await anchorChains(deps)
    return undefined
  },
})

export const auditJobs: readonly Job<{ db: Db; log: Log }>[] = [sealEntriesJob, anchorChainsJob]

/** Sealed within ten seconds; anchored at 00:05 in China. */
export const auditSchedules: readonly Schedule[] = [
  { id: 'audit.seal-entries', request: sealEntriesJob.request({}), everyMs: 10_000 },
  { id: 'audit.anchor-chains', request: anchorChainsJob.request({}), pattern: '5 16 * * *' },
]
