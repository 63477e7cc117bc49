import { z } from 'zod'
import { type Id, idSchema } from '../../kernel/ids.ts'
import { defineJob, on, type Schedule, type Subscription } from '../../kernel/job.ts'
import { organisationQualificationsChanged, organisationRenamed } from '../identity/index.ts'
import { listingClosed, listingIdSchema, listingPublished, listingReturned, listingUpdated } from '../listings/index.ts'
import { indexExpiredQualifications } from './index-expired-qualifications.ts'
import { type IndexDeps, indexListing } from './index-listing.ts'
import { buildMissingIndexes, repairIndexes } from './keep-indexes.ts'
import { indexOrganisation } from './reindex.ts'

export const indexListingJob = defineJob({
  name: 'search.index-listing',
  queue: 'search',
  attempts: 8,
  payload: z.object({ listingId: listingIdSchema }),
  run: indexListing,
})

export const indexOrganisationJob = defineJob({
  name: 'search.index-organisation',
  queue: 'search',
  attempts: 8,
  payload: z.object({ organisationId: idSchema('organisation') }),
  run: indexOrganisation,
})

export const indexExpiredQualificationsJob = defineJob({
  name: 'search.index-expired-qualifications',
  queue: 'search',
  attempts: 3,
  payload: z.object({}),
  run: (deps: IndexDeps) => indexExpiredQualifications(deps),
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
  // At 00:05 in China, when yesterday's last days are over.
  {
    id: 'search.index-expired-qualifications',
    request: indexExpiredQualificationsJob.request({}),
    pattern: '5 16 * * *',
  },
]

/** The job reads the listing as it is, so one waiting run serves any number of facts about a listing. */
const indexed = ({ listingId }: { listingId: z.output<typeof listingIdSchema> }) => [
  indexListingJob.request({ listingId }, { coalesce: listingId }),
]

/** A suspended owner's listings turn red one by one, with a fact for each. */
const indexedAll = ({ organisationId }: { organisationId: Id<'organisation'> }) => [
  indexOrganisationJob.request({ organisationId }, { coalesce: organisationId }),
]

export const searchSubscriptions: Subscription[] = [
  on(listingPublished, indexed),
  on(listingUpdated, indexed),
  on(listingReturned, indexed),
  on(listingClosed, indexed),
  on(organisationRenamed, indexedAll),
  on(organisationQualificationsChanged, indexedAll),
]
