import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'

/** Sums of a measure over days. */
export type Cell = { market: string; measure: string; field: string; count: number; amount: number }

/**
 * Stores facts that are new and adds them to the counters, in one statement: a fact that is there already, because its event
 * came twice, changes nothing. Beside its day, a fact counts on the day `infinity`, the total that the overview reads: a thousand
 * days of ten markets would be a quarter of a million rows. Rows are taken in the order of their key, so that two counts cannot wait for each other.
 */
export async function recordFacts(tx: Tx, facts: SQL): Promise<void> {
  await tx.execute(sql`
    with fact as (${facts}),
    fresh as (
      insert into statistic_facts (measure, subject, market, fields, day, amount)
      select measure, subject, market, fields, day, amount from fact order by measure, subject
      on conflict on constraint statistic_facts__once do nothing
      returning measure, market, fields, day, amount
    )
    insert into statistic_counters as counter (market, measure, field, day, count, amount)
    select market, measure, field, at, count(*), sum(amount)
    from fresh cross join lateral unnest(array['*'] || fields) as each(field)
    cross join lateral unnest(array[day, 'infinity'::date]) as one(at)
    group by market, measure, field, at order by market, measure, field, at
    on conflict on constraint statistic_counters__cell
    do update set count = counter.count + excluded.count, amount = counter.amount + excluded.amount`)
}

export async function deleteAllFacts(tx: Tx): Promise<void> {
  await tx.execute(sql`delete from statistic_facts`)
  await tx.execute(sql`delete from statistic_counters`)
}

export type CellFilter = {
  markets: readonly string[]
  /** A field, `*` for all together, or undefined for each one that there is. */
  field?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

export async function sumCounters(db: Db, { markets, field, from, to }: CellFilter): Promise<Cell[]> {
  const isTotal = from === undefined && to === undefined
  const within = isTotal
    ? sql`day = 'infinity'`
    : sql`day >= coalesce(${from ?? null}::date, '-infinity') and day <= ${to ?? '9999-12-31'}::date`
  const { rows } = await db.execute<Cell>(sql`
    select market, measure, field, sum(count)::bigint as count, sum(amount)::bigint as amount
    from statistic_counters
    where market = any(${sql.param([...markets])}::text[])
      and (${field ?? null}::text is null or field = ${field ?? null})
      and ${within}
    group by market, measure, field order by market, measure, field`)
  return rows
}

/** Every cell over all days, for comparing two states of the counters. */
export async function readTotals(db: Db): Promise<Map<string, string>> {
  const { rows } = await db.execute<Cell>(sql`
    select market, measure, field, sum(count)::bigint as count, sum(amount)::bigint as amount
    from statistic_counters where day < 'infinity' group by market, measure, field`)
  return new Map(
    rows.map(({ market, measure, field, count, amount }) => [`${market} ${measure} ${field}`, `${count} (${amount})`]),
  )
}
