import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { JobQueue } from '../../ports/job-queue.ts'

export type SettleFailedJobs = { queue: string; ids: readonly string[]; how: 'retried' | 'discarded' }

type Deps = { db: Db; clock: Clock; jobs: Pick<JobQueue, 'retryFailed' | 'discardFailed'> }

/**
 * Runs failed jobs again or forgets them. The queue knows no transaction of ours, so it is told first and the audit row
 * follows: a crash in between leaves a job that ran once more, which every job allows. Returns how many were failed.
 */
export async function settleFailedJobs(deps: Deps, actor: Principal, input: SettleFailedJobs): Promise<number> {
  const { queue, ids, how } = input
  const count = await (how === 'retried' ? deps.jobs.retryFailed : deps.jobs.discardFailed)(queue, ids)
  await withTx(deps.db, (tx) =>
    appendAudit(tx, {
      ...{ orgId: actor.orgId, userId: actor.userId, action: `failed_jobs.${how}`, at: deps.clock.now() },
      objectId: queue,
      facts: { ids, count },
    }),
  )
  return count
}
