import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { appendEvents } from '../../outbox/append.ts'
import { reviewItemsOverdue } from './events.ts'
import { type Chased, chaseItems } from './overdue-repo.ts'

const batchSize = 200

/** Announces items that were not decided in time: once when due, once more after twice the time. One fact a market and level. */
export async function chaseOverdue({ db, clock }: { db: Db; clock: Clock }): Promise<undefined> {
  for (;;) {
    const chased = await withTx(db, async (tx) => {
      const items = await chaseItems(tx, batchSize)
      await appendEvents(tx, factsOf(items, clock.now()))
      return items.length
    })
    if (chased < batchSize) return undefined
  }
}

function factsOf(items: readonly Chased[], now: Date) {
  const groups = new Map<string, Chased[]>()
  for (const item of items) {
    const key = `${item.level} ${item.market}`
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    const reviewItemIds = group.map(({ id }) => id)
    return first
      ? [reviewItemsOverdue({ market: first.market, level: first.level, day: chinaDay(now), reviewItemIds }, now)]
      : []
  })
}
