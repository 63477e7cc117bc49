import type { Db } from '../../db/client.ts'
import { addDays, type Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type CountsBy, countsBy, type QueueCounts, sumCounts } from './domain/queue.ts'
import { marketsOf } from './policy.ts'
import { type Agreement, countAgreement } from './reading-repo.ts'
import { listQueueGroups } from './review-queue-view.ts'

export type Queue = { total: QueueCounts; secondReading: Agreement; byMarket: CountsBy[]; byField: CountsBy[] }

/** How much work waits in the actor's markets, and for how long. */
export async function readQueue(deps: { db: Db; clock: Clock }, actor: Principal): Promise<Queue> {
  const markets = await marketsOf(deps.db, actor)
  const groups = await listQueueGroups(deps.db, markets)
  return {
    total: sumCounts(groups),
    secondReading: await countAgreement(deps.db, markets, addDays(deps.clock.now(), -90)),
    byMarket: countsBy(groups, ({ market }) => [market]),
    byField: countsBy(groups, ({ fields }) => fields),
  }
}
