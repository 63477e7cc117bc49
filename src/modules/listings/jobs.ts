import { z } from 'zod'
import { idSchema } from '../../kernel/ids.ts'
import { defineJob, on, type Schedule, type Subscription } from '../../kernel/job.ts'
import { organisationVerificationChanged } from '../identity/index.ts'
import { reassessOrganisation, sweepListings } from './sweep-listings.ts'

export const sweepListingsJob = defineJob({
  name: 'listings.sweep-listings',
  queue: 'listings',
  attempts: 3,
  payload: z.object({}),
  run: sweepListings,
})

export const reassessOrganisationJob = defineJob({
  name: 'listings.reassess-organisation',
  queue: 'listings',
  attempts: 5,
  payload: z.object({ organisationId: idSchema('organisation') }),
  run: reassessOrganisation,
})

export const listingSubscriptions: Subscription[] = [
  on(organisationVerificationChanged, ({ organisationId }) => [reassessOrganisationJob.request({ organisationId })]),
]

/** Every ten minutes, at most 500 a time: a large market is through in an hour, and a missed run costs nothing. */
export const listingSchedules: Schedule[] = [
  { id: 'listings.sweep-listings', request: sweepListingsJob.request({}), everyMs: 600_000 },
]
