import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { defineJob, type Job, type Schedule } from '../../kernel/job.ts'
import { checkListings } from './check-listings.ts'

type Deps = { db: Db; clock: Clock }

/** One run at a time: it holds the hashes of all listings of a kind, 64 MB for 100,000. */
export const checkListingsJob = defineJob({
  ...{ name: 'duplicates.check-listings', queue: 'listings', attempts: 1, concurrency: 1 },
  payload: z.object({}),
  run: (deps: Deps) => checkListings(deps),
})

export const duplicateJobs: readonly Job<Deps>[] = [checkListingsJob]

/** A run without new listings is one look at the versions: 0.1 s for 100,000. */
export const duplicateSchedules: readonly Schedule[] = [
  { id: 'duplicates.check-listings', request: checkListingsJob.request({}), everyMs: 600_000 },
]
