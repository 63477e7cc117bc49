import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { defineJob, on, type Schedule, type Subscription } from '../../kernel/job.ts'
import { accessEnded, organisationVerificationChanged, sessionReuseDetected } from './events.ts'
import { expireQualifications } from './expire-qualifications.ts'
import { purgeSignIns } from './purge-sign-ins.ts'
import { wakeStreams } from './wake-streams.ts'

export const purgeSignInsJob = defineJob({
  name: 'identity.purge-sign-ins',
  queue: 'maintenance',
  attempts: 3,
  payload: z.object({}),
  run: (deps: { db: Db; clock: Clock }) => purgeSignIns(deps),
})

export const expireQualificationsJob = defineJob({
  name: 'identity.expire-qualifications',
  queue: 'maintenance',
  attempts: 3,
  payload: z.object({}),
  run: (deps: { db: Db; clock: Clock }) => expireQualifications(deps),
})

export const wakeStreamsJob = defineJob({
  name: 'identity.wake-streams',
  queue: 'identity',
  attempts: 3,
  payload: z.object({ userId: idSchema('user') }),
  run: wakeStreams,
})

export const wakeStreamsOfOrganisationJob = defineJob({
  name: 'identity.wake-streams-of-organisation',
  queue: 'identity',
  attempts: 3,
  payload: z.object({ orgId: idSchema('organisation') }),
  run: wakeStreams,
})

export const identityJobs = [purgeSignInsJob, expireQualificationsJob, wakeStreamsJob, wakeStreamsOfOrganisationJob]

export const identitySubscriptions: Subscription[] = [
  on(accessEnded, ({ userId }) => [wakeStreamsJob.request({ userId })]),
  on(sessionReuseDetected, ({ userId }) => [wakeStreamsJob.request({ userId })]),
  on(organisationVerificationChanged, ({ organisationId: orgId, verification }) =>
    verification === 'suspended' ? [wakeStreamsOfOrganisationJob.request({ orgId })] : [],
  ),
]

/** At 19:30 UTC, half past three at night in China. */
export const identitySchedules: Schedule[] = [
  { id: 'identity.purge-sign-ins', request: purgeSignInsJob.request({}), pattern: '30 19 * * *' },
  // Ten past midnight in China, when a day of validity has just ended.
  { id: 'identity.expire-qualifications', request: expireQualificationsJob.request({}), pattern: '10 16 * * *' },
]
