import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { defineJob, type Job, on, type Schedule, type Subscription } from '../../kernel/job.ts'
import { listingIdSchema, listingPublished } from '../listings/index.ts'
import { percolateListing } from './percolate-listing.ts'
import { tellDailyHits } from './tell-daily-hits.ts'

type JobDeps = { db: Db; clock: Clock }
const queue = 'saved-searches'

export const percolateListingJob = defineJob({
  ...{ name: 'saved-searches.percolate-listing', queue, attempts: 8 },
  payload: z.object({ listingId: listingIdSchema }),
  run: percolateListing,
})

export const tellDailyHitsJob = defineJob({
  ...{ name: 'saved-searches.tell-daily-hits', queue, attempts: 5 },
  payload: z.object({}),
  run: (deps: JobDeps) => tellDailyHits(deps),
})

export const savedSearchJobs: readonly Job<JobDeps>[] = [percolateListingJob, tellDailyHitsJob]

/** At 08:10 in China, so that the mail digest of 08:30 has it. */
export const savedSearchSchedules: readonly Schedule[] = [
  { id: 'saved-searches.tell-daily-hits', request: tellDailyHitsJob.request({}), pattern: '10 0 * * *' },
]

export const savedSearchSubscriptions: readonly Subscription[] = [
  on(listingPublished, ({ listingId }) => [percolateListingJob.request({ listingId }, { coalesce: listingId })]),
]
