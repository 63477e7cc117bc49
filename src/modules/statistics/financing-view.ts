import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { uuidToId } from '../../kernel/ids.ts'
import type { FinancingSums } from './domain/financing-figures.ts'
import type { Period } from './read-counts.ts'

export const financingGroups = ['market', 'product', 'month'] as const
export type FinancingGroup = (typeof financingGroups)[number]
export type FinancingCell = { key: string; title?: string | undefined; sums: FinancingSums }
type Asked = Period & { markets: readonly string[] }
type Row = Record<keyof FinancingSums, string> & { key: string; title: string | null }

const submittedOn = sql`(a.submitted_at at time zone 'Asia/Shanghai')::date`
const keys: Record<FinancingGroup, SQL> = {
  market: sql`a.market`,
  product: sql`a.product_id::text`,
  month: sql`to_char(${submittedOn}, 'YYYY-MM')`,
}

/**
 * The applications that were submitted in a period, with what became of them since, by market, product or month of the
 * submission. Every figure of money is a sum of its own; what is owed follows from three of them.
 */
export async function sumApplications(db: Db, group: FinancingGroup, asked: Asked): Promise<FinancingCell[]> {
  const rows = await selectSums(db, keys[group], asked)
  return rows.map(({ key, title, ...sums }) => ({
    key: group === 'product' ? uuidToId('financeProduct', key) : key,
    ...(group === 'product' && title !== null && { title }),
    sums: numbersOf(sums),
  }))
}

/** All of them together: applicants and products that occur in several groups count once. */
export async function sumAllApplications(db: Db, asked: Asked): Promise<FinancingSums> {
  const [row] = await selectSums(db, sql`'all'`, asked)
  if (row === undefined) return numbersOf({})
  const { key: _key, title: _title, ...sums } = row
  return numbersOf(sums)
}

async function selectSums(db: Db, key: SQL, { markets, from, to }: Asked): Promise<Row[]> {
  const { rows } = await db.execute<Row>(sql`
    select ${key} as key, min(l.title) as title,
      count(*) as applications, count(distinct a.applicant_id) as applicants, count(distinct a.product_id) as products,
      count(*) filter (where a.line_fen is not null) as approved,
      count(*) filter (where a.stage = 'declined' and a.line_fen is null) as declined,
      coalesce(sum(a.line_fen), 0) as "lineFen", coalesce(sum(a.drawn_fen), 0) as "drawnFen",
      coalesce(sum(a.repaid_fen), 0) as "repaidFen", coalesce(sum(a.compensated_fen), 0) as "compensatedFen"
    from finance_applications a join listings l on l.id = a.product_id
    where a.market = any(${sql.param([...markets])}::text[]) and a.submitted_at is not null
      and ${submittedOn} between coalesce(${from ?? null}::date, '-infinity') and coalesce(${to ?? null}::date, 'infinity')
    group by 1 order by 1`)
  return rows
}

/** Counts come as numbers, sums of bigint as numeric, which the driver leaves as text. */
function numbersOf(row: Partial<Record<keyof FinancingSums, string>>): FinancingSums {
  const of = (name: keyof FinancingSums) => Number(row[name] ?? 0)
  return {
    ...{ applications: of('applications'), applicants: of('applicants'), products: of('products') },
    ...{ approved: of('approved'), declined: of('declined'), lineFen: of('lineFen'), drawnFen: of('drawnFen') },
    ...{ repaidFen: of('repaidFen'), compensatedFen: of('compensatedFen') },
  }
}

/** Finance products that are on offer now. */
export async function countProductsOnOffer(db: Db, markets: readonly string[]): Promise<number> {
  const { rows } = await db.execute<{ count: string }>(sql`
    select count(*) as count from listings
    where kind = 'finance_product' and state = 'published' and market = any(${sql.param([...markets])}::text[])`)
  return Number(rows[0]?.count ?? 0)
}
