import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { type ClosedFen, closedFen, type IntentFen, intentFen } from '../deals/index.ts'
import { deals } from '../deals/table.ts'

/** Amounts in proportion to the broker's shares, rounded down for each deal. */
export type Attributed = {
  intent: { deals: number; amountFen: IntentFen }
  closed: { deals: number; contractAmountFen: ClosedFen; technologyAmountFen: ClosedFen; commissionFen: ClosedFen }
}

/** The broker's part in deals as they are now: shares and stages change after the deed. */
export async function readAttributed(db: Db, userId: Id<'user'>): Promise<Attributed> {
  const part = (amount: unknown) => sql`coalesce(sum(coalesce(${amount}, 0) * share.bp / 10000), 0)::text`
  const isOpen = sql`${deals.stage} in ('intent', 'negotiating')`
  const isClosed = sql`${deals.stage} in ('signed', 'registered', 'performed')`
  const { rows } = await db.execute<
    Record<'open' | 'closed', number> & Record<'wished' | 'contract' | 'technology' | 'commission', string>
  >(sql`
    select count(*) filter (where ${isOpen})::int as open, count(*) filter (where ${isClosed})::int as closed,
      ${part(sql`case when ${isOpen} then ${deals.intentAmountFen} end`)} as wished,
      ${part(sql`case when ${isClosed} then ${deals.contractAmountFen} end`)} as contract,
      ${part(sql`case when ${isClosed} then ${deals.technologyAmountFen} end`)} as technology,
      coalesce(sum(share.commission), 0)::text as commission
    from ${deals}
    cross join lateral (
      select (one ->> 'shareBp')::bigint as bp, (
        select (part ->> 'amountFen')::bigint from jsonb_array_elements(${deals.commission} -> 'parts') as part
        where part ->> 'userId' = ${userId}) as commission
      from jsonb_array_elements(${deals.brokers}) as one
      where one ->> 'userId' = ${userId}
    ) as share
    where ${deals.brokers} @> ${JSON.stringify([{ userId }])}::jsonb`)
  const [row] = rows
  return {
    intent: { deals: row?.open ?? 0, amountFen: intentFen(Number(row?.wished ?? 0)) },
    closed: {
      deals: row?.closed ?? 0,
      contractAmountFen: closedFen(Number(row?.contract ?? 0)),
      technologyAmountFen: closedFen(Number(row?.technology ?? 0)),
      commissionFen: closedFen(Number(row?.commission ?? 0)),
    },
  }
}
