import { type SQL, sql } from 'drizzle-orm'
import type { SearchQuery } from '../../ports/search-engine.ts'

/** The conditions of a query besides its text. Ranges overlap; a document without a value is in no range. */
export function filterConditions(query: SearchQuery): SQL[] {
  const { kinds, markets, field, industry, ipc, region, mode, qualifications, trust, publishedSince } = query
  const conditions = [
    kinds && sql`kind = any(${sql.param(kinds)}::text[])`,
    markets && sql`market = any(${sql.param(markets)}::text[])`,
    field === undefined ? undefined : sql`fields @> array[${field}]::text[]`,
    industry === undefined
      ? undefined
      : sql`exists (select from unnest(industries) code where ${startsWith(industry)})`,
    ipc === undefined ? undefined : sql`exists (select from unnest(ipc) code where ${startsWith(ipc)})`,
    region === undefined ? undefined : sql`starts_with(region, ${region})`,
    mode === undefined ? undefined : sql`${mode} = any(cooperation_modes)`,
    qualifications && sql`qualifications && ${sql.param(qualifications)}::text[]`,
    trust === undefined ? undefined : sql`trust_code = ${trust}`,
    publishedSince === undefined ? undefined : sql`newest_key <= ${-publishedSince.getTime()}`,
    ...rangeConditions(query),
  ]
  return conditions.filter((condition) => condition !== undefined)
}

function rangeConditions(query: SearchQuery): (SQL | undefined)[] {
  const { trlMin, trlMax, priceMinFen, priceMaxFen, amountMinFen, amountMaxFen } = query
  const hasAmount = amountMinFen !== undefined || amountMaxFen !== undefined
  return [
    trlMin === undefined && trlMax === undefined ? undefined : sql`coalesce(trl_min, trl_max) is not null`,
    trlMin === undefined ? undefined : sql`coalesce(trl_max, 9) >= ${trlMin}`,
    trlMax === undefined ? undefined : sql`coalesce(trl_min, 1) <= ${trlMax}`,
    ...priceConditions(priceMinFen, priceMaxFen),
    hasAmount ? sql`kind = 'finance_product'` : undefined,
    ...priceConditions(amountMinFen, amountMaxFen),
  ]
}

function priceConditions(min: number | undefined, max: number | undefined): (SQL | undefined)[] {
  if (min === undefined && max === undefined) return []
  return [
    sql`coalesce(price_min_fen, price_max_fen) is not null`,
    min === undefined ? undefined : sql`(price_max_fen is null or price_max_fen >= ${min})`,
    max === undefined ? undefined : sql`coalesce(price_min_fen, 0) <= ${max}`,
  ]
}

function startsWith(prefix: string): SQL {
  return sql`starts_with(code, ${prefix})`
}

export function allTrue(conditions: readonly SQL[]): SQL {
  return conditions.length === 0 ? sql`true` : sql.join([...conditions], sql` and `)
}
