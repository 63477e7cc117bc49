import { z } from 'zod'
import { defineJob, on, type Subscription } from '../../kernel/job.ts'
import { listingClosed, listingIdSchema, listingPublished, listingReturned, listingUpdated } from '../listings/index.ts'
import { indexListing } from './index-listing.ts'

export const indexListingJob = defineJob({
  name: 'search.index-listing',
  queue: 'search',
  attempts: 8,
  payload: z.object({ listingId: listingIdSchema }),
  run: indexListing,
})

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
