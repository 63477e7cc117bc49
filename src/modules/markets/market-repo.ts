import { asc, eq, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import { type MarketRules, marketRules } from './schemas.ts'
import { markets } from './table.ts'

export type Market = Omit<typeof markets.$inferSelect, 'rules'> & { rules: MarketRules }

export async function findMarket(db: Db, code: string): Promise<Market | undefined> {
  const [row] = await db.select().from(markets).where(eq(markets.code, code))
  return row && marketOf(row)
}

export async function getMarket(db: Db, code: string): Promise<Market> {
  const market = await findMarket(db, code)
  if (market) return market
  throw notFound('market')
}

/** All markets by code; an installation has tens of them. */
export async function listMarkets(db: Db): Promise<Market[]> {
  const rows = await db.select().from(markets).orderBy(asc(markets.code))
  return rows.map(marketOf)
}

/** The code and the codes of all its branches, at any depth; empty for an unknown code. */
export async function marketTree(db: Db, code: string): Promise<string[]> {
  const { rows } = await db.execute<{ code: string }>(sql`
    with recursive tree as (
      select code from markets where code = ${code}
      union
      select branch.code from markets branch join tree on branch.parent_code = tree.code
    )
    select code from tree order by code`)
  return rows.map((row) => row.code)
}

/** The code, its parent, and so on to the root; empty for an unknown code. */
export async function marketAncestors(db: Db, code: string): Promise<string[]> {
  const { rows } = await db.execute<{ code: string }>(sql`
    with recursive line as (
      select code, parent_code, 0 as height from markets where code = ${code}
      union all
      select parent.code, parent.parent_code, line.height + 1
      from markets parent join line on parent.code = line.parent_code
    ) cycle code set is_cycle using path
    select code from line where not is_cycle order by height`)
  return rows.map((row) => row.code)
}

type NewMarket = Omit<Market, 'version'>

/** Inserts the market or brings an existing one to these values; the version counts real changes only. */
export async function upsertMarketRow(db: Db, market: NewMarket): Promise<Market> {
  const { code, createdAt, ...values } = market
  const [row] = await db
    .insert(markets)
    .values({ code, createdAt, ...values })
    .onConflictDoUpdate({
      target: markets.code,
      set: { ...values, version: sql`${markets.version} + 1` },
      setWhere: sql`(${markets.parentCode}, ${markets.nameZh}, ${markets.nameEn}, ${markets.region}, ${markets.rules})
        is distinct from (excluded.parent_code, excluded.name_zh, excluded.name_en, excluded.region, excluded.rules)`,
    })
    .returning()
  return row ? marketOf(row) : getMarket(db, code)
}

function marketOf(row: typeof markets.$inferSelect): Market {
  return { ...row, rules: marketRules.parse(row.rules) }
}
