import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { defineJob, type Job, type Schedule } from '../../kernel/job.ts'
import type { Vault } from '../../ports/vault.ts'
import type { ListingKinds } from '../listings/index.ts'
import { proposeJoints } from './propose-joints.ts'
import { settleOverdue } from './settle-joint.ts'

type Deps = { db: Db; clock: Clock; vault: Vault; listingKinds: ListingKinds }

/** One run at a time, or a demand could be in two proposals; a constraint refuses that anyway. */
export const proposeJointsJob = defineJob({
  ...{ name: 'joint-demands.propose-joints', queue: 'listings', attempts: 1, concurrency: 1 },
  payload: z.object({}),
  run: (deps: Deps) => proposeJoints(deps),
})

export const settleOverdueJob = defineJob({
  ...{ name: 'joint-demands.settle-overdue', queue: 'listings', attempts: 3 },
  payload: z.object({}),
  run: (deps: Deps) => settleOverdue(deps),
})

export const jointDemandJobs: readonly Job<Deps>[] = [proposeJointsJob, settleOverdueJob]

/** Nightly: operators look at proposals once a day, and a group grows while it waits. */
export const jointDemandSchedules: readonly Schedule[] = [
  { id: 'joint-demands.propose-joints', request: proposeJointsJob.request({}), pattern: '20 20 * * *' },
  { id: 'joint-demands.settle-overdue', request: settleOverdueJob.request({}), everyMs: 3_600_000 },
]
