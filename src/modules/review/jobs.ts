import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { defineJob, type Job, on, type Schedule, type Subscription } from '../../kernel/job.ts'
import { listingClosed, listingReturned } from '../listings/index.ts'
import { matchesProposed, matchesWithdrawn } from '../matching/index.ts'
import { chaseOverdue } from './chase-overdue.ts'
import { openItems } from './open-items.ts'
import { openWaiting } from './open-waiting.ts'
import { withdrawItems } from './withdraw-items.ts'
import { withdrawOvertakenItems } from './withdraw-overtaken-items.ts'

const someMatches = z.object({ matchIds: z.array(idSchema('match')).min(1) })

export const openItemsJob = defineJob({
  name: 'review.open-items',
  queue: 'review',
  attempts: 5,
  gather: { list: 'matchIds', atMost: 300 },
  payload: someMatches,
  run: openItems,
})

const pairedListing = z.union([idSchema('demand'), idSchema('supply')])

export const withdrawItemsJob = defineJob({
  name: 'review.withdraw-items',
  queue: 'review',
  attempts: 5,
  payload: z.object({ listingId: pairedListing }),
  run: withdrawItems,
})

export const openWaitingJob = defineJob({
  name: 'review.open-waiting',
  queue: 'review',
  attempts: 3,
  payload: z.object({}),
  run: openWaiting,
})

export const withdrawOvertakenItemsJob = defineJob({
  name: 'review.withdraw-overtaken-items',
  queue: 'review',
  attempts: 5,
  gather: { list: 'matchIds', atMost: 300 },
  payload: someMatches,
  run: withdrawOvertakenItems,
})

export const chaseOverdueJob = defineJob({
  name: 'review.chase-overdue',
  queue: 'review',
  attempts: 1,
  payload: z.object({}),
  run: chaseOverdue,
})

export const reviewJobs: readonly Job<{ db: Db; clock: Clock }>[] = [
  openItemsJob,
  openWaitingJob,
  withdrawItemsJob,
  withdrawOvertakenItemsJob,
  chaseOverdueJob,
]

/** Finance products take no part in matches. */
function withdrawalsOf({ listingId }: { listingId: string }) {
  const { success, data } = pairedListing.safeParse(listingId)
  return success ? [withdrawItemsJob.request({ listingId: data })] : []
}

export const reviewSubscriptions: Subscription[] = [
  on(matchesProposed, ({ matchIds }) => [openItemsJob.request({ matchIds })]),
  on(matchesWithdrawn, ({ matchIds }) => [withdrawOvertakenItemsJob.request({ matchIds })]),
  on(listingClosed, withdrawalsOf),
  on(listingReturned, withdrawalsOf),
]

/** Limits fall when a day ends in China and whenever a broker decides. */
export const reviewSchedules: Schedule[] = [
  { id: 'review.chase-overdue', request: chaseOverdueJob.request({}), everyMs: 300_000 },
  { id: 'review.open-waiting', request: openWaitingJob.request({}), everyMs: 600_000 },
]
