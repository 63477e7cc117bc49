import type { Db } from '../../db/client.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type CountsBy, countsBy, type QueueCounts, sumCounts } from './domain/queue.ts'
import { marketsOf } from './policy.ts'
import { listQueueGroups } from './review-queue-view.ts'

export type Queue = { total: QueueCounts; byMarket: CountsBy[]; byField: CountsBy[] }

/** How much work waits in the actor's markets, and for how long. */
export async function readQueue(deps: { db: Db }, actor: Principal): Promise<Queue> {
  const groups = await listQueueGroups(deps.db, await marketsOf(deps.db, actor))
  return {
    total: sumCounts(groups),
    byMarket: countsBy(groups, ({ market }) => [market]),
    byField: countsBy(groups, ({ fields }) => fields),
  }
}
