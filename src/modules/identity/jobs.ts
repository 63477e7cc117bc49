import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { defineJob, type Schedule } from '../../kernel/job.ts'
import { expireQualifications } from './expire-qualifications.ts'
import { purgeSignIns } from './purge-sign-ins.ts'

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

/** At 19:30 UTC, half past three at night in China. */
export const identitySchedules: Schedule[] = [
  { id: 'identity.purge-sign-ins', request: purgeSignInsJob.request({}), pattern: '30 19 * * *' },
  // Ten past midnight in China, when a day of validity has just ended.
  { id: 'identity.expire-qualifications', request: expireQualificationsJob.request({}), pattern: '10 16 * * *' },
]
