import type { Db } from '../../db/client.ts'
import type { Principal } from '../../kernel/principal.ts'
import { marketsOf } from './policy.ts'
import { countQueueByField, countQueueByMarket, type QueueCounts, type QueueCountsBy } from './review-queue-view.ts'

export type Queue = { total: QueueCounts; byMarket: QueueCountsBy[]; byField: QueueCountsBy[] }

/** How much work waits in the actor's markets, and for how long. */
export async function readQueue(deps: { db: Db }, actor: Principal): Promise<Queue> {
  const markets = await marketsOf(deps.db, actor)
  const byMarket = await countQueueByMarket(deps.db, markets)
  const byField = await countQueueByField(deps.db, markets)
  return { total: totalOf(byMarket), byMarket, byField }
}

/** Every item is in one market, so the markets add up. */
function totalOf(rows: readonly QueueCounts[]): QueueCounts {
  const ages = rows.flatMap(({ oldestAgeSeconds }) => (oldestAgeSeconds === null ? [] : [oldestAgeSeconds]))
  const sum = (name: 'open' | 'leased' | 'snoozed') => rows.reduce((total, row) => total + row[name], 0)
  return {
    open: sum('open'),
    leased: sum('leased'),
    snoozed: sum('snoozed'),
    oldestAgeSeconds: ages.length === 0 ? null : Math.max(...ages),
  }
}
