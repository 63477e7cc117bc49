import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { defineJob, type Job, on, type Schedule, type Subscription } from '../../kernel/job.ts'
import { listingClosed, listingReturned } from '../listings/index.ts'
import { matchApproved } from '../review/index.ts'
import { chaseIntroductions } from './chase-introductions.ts'
import { closeAskedOfListing } from './close-asked-of-listing.ts'
import { openIntroduction } from './open-introduction.ts'

type JobDeps = { db: Db; clock: Clock }
const queue = 'introductions'
const pairedListing = z.union([idSchema('demand'), idSchema('supply')])

export const openIntroductionJob = defineJob({
  ...{ name: 'introductions.open-introduction', queue, attempts: 8 },
  payload: z.object({ matchId: idSchema('match') }),
  run: openIntroduction,
})

export const closeAskedOfListingJob = defineJob({
  ...{ name: 'introductions.close-asked-of-listing', queue, attempts: 5 },
  payload: z.object({ listingId: pairedListing }),
  run: closeAskedOfListing,
})

export const chaseIntroductionsJob = defineJob({
  ...{ name: 'introductions.chase-introductions', queue, attempts: 3 },
  payload: z.object({}),
  run: (deps: JobDeps) => chaseIntroductions(deps),
})

export const introductionJobs: readonly Job<JobDeps>[] = [
  openIntroductionJob,
  closeAskedOfListingJob,
  chaseIntroductionsJob,
]

/** Hourly, in the tenth minute; the rules count in days. */
export const introductionSchedules: readonly Schedule[] = [
  { id: 'introductions.chase-introductions', request: chaseIntroductionsJob.request({}), pattern: '10 * * * *' },
]

/** Finance products take no part in matches. */
function endOf({ listingId }: { listingId: string }) {
  const { success, data } = pairedListing.safeParse(listingId)
  return success ? [closeAskedOfListingJob.request({ listingId: data })] : []
}

export const introductionSubscriptions: readonly Subscription[] = [
  on(matchApproved, ({ matchId }) => [openIntroductionJob.request({ matchId })]),
  on(listingClosed, endOf),
  on(listingReturned, endOf),
]
