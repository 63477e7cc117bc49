import { z } from 'zod'
import { defineJob, on, type Schedule, type Subscription } from '../../kernel/job.ts'
import { listingClosed, listingIdSchema, listingPublished, listingReturned, listingUpdated } from '../listings/index.ts'
import { indexListing } from './index-listing.ts'
import { buildMissingIndexes, repairIndexes } from './keep-indexes.ts'

export const indexListingJob = defineJob({
  name: 'search.index-listing',
  queue: 'search',
  attempts: 8,
  payload: z.object({ listingId: listingIdSchema }),
  run: indexListing,
})

export const buildMissingIndexesJob = defineJob({
  name: 'search.build-missing-indexes',
  queue: 'search',
  attempts: 1,
  payload: z.object({}),
  run: buildMissingIndexes,
})

export const repairIndexesJob = defineJob({
  name: 'search.repair-indexes',
  queue: 'search',
  attempts: 1,
  payload: z.object({}),
  run: repairIndexes,
})

/** Looking whether an index is there costs three requests; comparing 100,000 versions a second or two. */
export const searchSchedules: Schedule[] = [
  { id: 'search.build-missing-indexes', request: buildMissingIndexesJob.request({}), everyMs: 5 * 60_000 },
  { id: 'search.repair-indexes', request: repairIndexesJob.request({}), everyMs: 3_600_000 },
]

/** The job reads the listing as it is, so one waiting run serves any number of facts about a listing. */
const indexed = ({ listingId }: { listingId: z.output<typeof listingIdSchema> }) => [
  indexListingJob.request({ listingId }, { coalesce: listingId }),
]

export const searchSubscriptions: Subscription[] = [
  on(listingPublished, indexed),
  on(listingUpdated, indexed),
  on(listingReturned, indexed),
  on(listingClosed, indexed),
]
