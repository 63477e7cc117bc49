import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import { idSchema } from '../../kernel/ids.ts'
import { defineJob, on, type Schedule, type Subscription } from '../../kernel/job.ts'
import type { Vault } from '../../ports/vault.ts'
import { organisationVerificationChanged } from '../identity/index.ts'
import { askConfirmation } from './ask-confirmation.ts'
import { sealConfidentials } from './seal-confidentials.ts'
import { reassessOrganisation, sweepListings } from './sweep-listings.ts'
import { warnOfExpiry } from './warn-of-expiry.ts'

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

export const sealConfidentialsJob = defineJob({
  name: 'listings.seal-confidentials',
  queue: 'listings',
  attempts: 3,
  payload: z.object({}),
  run: (deps: { db: Db; vault: Vault }) => sealConfidentials(deps),
})

export const warnOfExpiryJob = defineJob({
  name: 'listings.warn-of-expiry',
  queue: 'listings',
  attempts: 3,
  payload: z.object({}),
  run: warnOfExpiry,
})

export const askConfirmationJob = defineJob({
  name: 'listings.ask-confirmation',
  queue: 'listings',
  attempts: 3,
  payload: z.object({}),
  run: askConfirmation,
})

export const listingSubscriptions: Subscription[] = [
  on(organisationVerificationChanged, ({ organisationId }) => [reassessOrganisationJob.request({ organisationId })]),
]

/**
 * Trust depends on the day alone; hourly, so that a missed run is made up for within the hour. A run reads every published
 * listing, about 0.1 ms each: 5 s for 50,000 on two busy cores.
 */
export const listingSchedules: Schedule[] = [
  { id: 'listings.sweep-listings', request: sweepListingsJob.request({}), everyMs: 3_600_000 },
  { id: 'listings.warn-of-expiry', request: warnOfExpiryJob.request({}), everyMs: 3_600_000 },
  { id: 'listings.ask-confirmation', request: askConfirmationJob.request({}), everyMs: 3_600_000 },
  { id: 'listings.seal-confidentials', request: sealConfidentialsJob.request({}), everyMs: 3_600_000 },
]
