import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { defineJob, type Job, on, type Subscription } from '../../kernel/job.ts'
import { organisationVerificationChanged } from '../identity/index.ts'
import { listingIdSchema, listingPublished, listingReturned } from '../listings/index.ts'
import { matchApproved } from '../review/index.ts'
import { type Fact, fanOut } from './fan-out.ts'

const factSchema = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('match_approved'), id: idSchema('match') }),
  z.object({ topic: z.enum(['listing_published', 'listing_returned']), id: listingIdSchema }),
  z.object({ topic: z.literal('organisation_verified'), id: idSchema('organisation') }),
]) satisfies z.ZodType<Fact>

export const fanOutJob = defineJob({
  name: 'notifications.fan-out',
  queue: 'notifications',
  attempts: 5,
  payload: z.object({ fact: factSchema }),
  run: fanOut,
})

export const notificationJobs: readonly Job<{ db: Db; clock: Clock }>[] = [fanOutJob]

export const notificationSubscriptions: Subscription[] = [
  on(matchApproved, ({ matchId }) => [fanOutJob.request({ fact: { topic: 'match_approved', id: matchId } })]),
  on(listingPublished, ({ listingId }) => [fanOutJob.request({ fact: { topic: 'listing_published', id: listingId } })]),
  on(listingReturned, ({ listingId }) => [fanOutJob.request({ fact: { topic: 'listing_returned', id: listingId } })]),
  on(organisationVerificationChanged, ({ organisationId, verification }) =>
    verification === 'verified'
      ? [fanOutJob.request({ fact: { topic: 'organisation_verified', id: organisationId } })]
      : [],
  ),
]
