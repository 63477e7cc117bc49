import { and, eq, inArray, ne } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { type Id, uuidToId } from '../../kernel/ids.ts'
import type { FinanceProductDetails } from '../financing/index.ts'
import { organisations } from '../identity/table.ts'
import { listings } from '../listings/table.ts'

export type ProductRow = {
  id: Id<'financeProduct'>
  version: number
  market: string
  title: string
  summary: string | null
  fields: readonly string[]
  region: string | null
  provider: string
  providerId: Id<'organisation'>
  validUntil: string | null
  details: FinanceProductDetails
}

export type ProductVersion = { uuid: string; version: number }

const isOnOffer = [eq(listings.kind, 'finance_product'), eq(listings.state, 'published'), ne(listings.trustCode, 'red')]

/** Ids and versions of the products on offer in the markets; what a cache needs to know whether it is fresh. */
export function listProductVersions(db: Db, markets: readonly string[]): Promise<ProductVersion[]> {
  return db
    .select({ uuid: listings.id, version: listings.version })
    .from(listings)
    .where(and(...isOnOffer, inArray(listings.market, [...markets])))
}

export async function loadProducts(db: Db, uuids: readonly string[]): Promise<ProductRow[]> {
  if (uuids.length === 0) return []
  const rows = await db
    .select({ row: listings, provider: organisations.name })
    .from(listings)
    .innerJoin(organisations, eq(organisations.id, listings.orgId))
    .where(inArray(listings.id, [...uuids]))
  return rows.map(({ row, provider }) => ({
    id: uuidToId('financeProduct', row.id),
    ...{ version: row.version, market: row.market, title: row.title, summary: row.summary, provider },
    ...{ fields: row.fields, region: row.region },
    ...{ providerId: row.orgId, validUntil: row.validUntil, details: row.details as FinanceProductDetails },
  }))
}
