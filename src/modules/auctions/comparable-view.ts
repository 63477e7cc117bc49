import { and, desc, eq, gte, inArray, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import type { SaleMode } from './domain/lot.ts'
import { auctionBooks, auctionLots } from './table.ts'

export type ComparableLot = {
  lotId: Id<'auction'>
  title: string
  market: string
  valuationFen: number
  reserveFen: number | null
  highestFen: number | null
  outcome: 'sold' | 'unsold'
  closedAt: Date
}

const most = 40

/** Lots sold in the same way whose fields overlap, closed since a time: those with most fields in common first, then newest. */
export async function listComparables(
  db: Db,
  { saleMode, fields, since }: { saleMode: SaleMode; fields: readonly string[]; since: Date },
): Promise<ComparableLot[]> {
  const wanted = sql`array[${sql.join(
    fields.map((field) => sql`${field}`),
    sql`, `,
  )}]::text[]`
  const common = sql`(select count(*) from unnest(${auctionLots.fields}) as field where field = any (${wanted}))`
  const rows = await db
    .select({ lot: auctionLots, highestFen: auctionBooks.priceFen })
    .from(auctionLots)
    .innerJoin(auctionBooks, eq(auctionBooks.lotId, auctionLots.id))
    .where(
      and(
        eq(auctionLots.saleMode, saleMode),
        inArray(auctionLots.outcome, ['sold', 'unsold']),
        gte(auctionLots.closedAt, since),
        sql`${auctionLots.fields} && ${wanted}`,
      ),
    )
    .orderBy(desc(common), desc(auctionLots.closedAt))
    .limit(most)
  return rows.flatMap(
    ({ lot: { id: lotId, title, market, valuationFen, reserveFen, outcome, closedAt }, highestFen }) =>
      closedAt === null || (outcome !== 'sold' && outcome !== 'unsold')
        ? []
        : [{ lotId, title, market, valuationFen, reserveFen, highestFen, outcome, closedAt }],
  )
}
