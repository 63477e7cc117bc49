import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { type Id, uuidToId } from '../../kernel/ids.ts'
import { reviewItems } from './table.ts'

export type Chased = { id: Id<'reviewItem'>; market: string; level: 'due' | 'late' }

/** Marks items as chased that have become due, or late, since the last time; rows that somebody works on wait a round. */
export async function chaseItems(tx: Tx, limit: number): Promise<Chased[]> {
  const { rows } = await tx.execute<{ id: string; market: string; chases: number }>(sql`
    with chased as (
      select id from ${reviewItems}
      where state in ('open', 'snoozed') and chases < 2 and due_at <= clock_timestamp()
        and (chases = 0 or late_at <= clock_timestamp())
      order by due_at limit ${limit} for update skip locked)
    update ${reviewItems} set chases = case when late_at <= clock_timestamp() then 2 else 1 end
    where id in (select id from chased) returning id, market, chases`)
  return rows.map(({ id, market, chases }) => ({
    ...{ id: uuidToId('reviewItem', id), market },
    level: chases === 2 ? 'late' : 'due',
  }))
}

/** How many undecided items of the market are overdue, and how long the oldest has waited. */
export async function readOverdue(db: Db, market: string): Promise<{ count: number; oldestHours: number }> {
  const { rows } = await db.execute<{ count: number; oldestHours: number }>(sql`
    select count(*)::int as count,
      coalesce(floor(extract(epoch from clock_timestamp() - min(created_at)) / 3600), 0)::int as "oldestHours"
    from ${reviewItems}
    where market = ${market} and state in ('open', 'snoozed') and due_at <= clock_timestamp()`)
  return rows[0] ?? { count: 0, oldestHours: 0 }
}
