import { and, asc, desc, eq, gt, inArray, like, lt, ne, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import type { Tx } from '../../db/tx.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import { type Id, idToUuid } from '../../kernel/ids.ts'
import { type Keyset, type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { ListingState } from './domain/lifecycle.ts'
import { kindOf, type Listing, type ListingId, type ListingKind } from './domain/listing.ts'
import { toListing, toRow } from './listing-row.ts'
import { listings } from './table.ts'

export async function findListing(db: Db, id: ListingId): Promise<Listing | undefined> {
  const rows = await db.select().from(listings).where(isListing(id))
  return rows[0] && toListing(rows[0])
}

/** @throws NOT_FOUND */
export async function getListing(db: Db, id: ListingId): Promise<Listing> {
  return (await findListing(db, id)) ?? refuse()
}

/** Holds the row until the transaction ends. @throws NOT_FOUND */
export async function lockListing(tx: Tx, id: ListingId): Promise<Listing> {
  const rows = await tx.select().from(listings).where(isListing(id)).for('update')
  return rows[0] ? toListing(rows[0]) : refuse()
}

export async function findListingByExternalId(
  db: Db,
  orgId: Id<'organisation'>,
  { kind, externalId }: { kind: ListingKind; externalId: string },
): Promise<Listing | undefined> {
  const isIt = and(eq(listings.orgId, orgId), eq(listings.kind, kind), eq(listings.externalId, externalId))
  const rows = await db.select().from(listings).where(isIt)
  return rows[0] && toListing(rows[0])
}

/** The organisation's listings with these external ids, held until the transaction ends; in the order of ids, against deadlocks. */
export async function lockListingsByExternalId(
  tx: Tx,
  orgId: Id<'organisation'>,
  { kind, externalIds }: { kind: ListingKind; externalIds: readonly string[] },
): Promise<Listing[]> {
  if (externalIds.length === 0) return []
  const areThey = and(
    eq(listings.orgId, orgId),
    eq(listings.kind, kind),
    sql`${listings.externalId} = any(${sql.param([...externalIds])}::text[])`,
  )
  const rows = await tx.select().from(listings).where(areThey).orderBy(asc(listings.id)).for('update')
  return rows.map(toListing)
}

export async function findListings(db: Db, ids: readonly ListingId[]): Promise<Listing[]> {
  if (ids.length === 0) return []
  const rows = await db
    .select()
    .from(listings)
    .where(inArray(listings.id, ids.map(idToUuid)))
  return rows.map(toListing).filter(({ id }) => ids.includes(id))
}

/** @throws EXTERNAL_ID_TAKEN */
export async function insertListing(tx: Tx, listing: Listing): Promise<void> {
  await refusingTakenExternalId(tx.insert(listings).values(toRow(listing)))
}

/** Writes the next version of a row that the caller holds locked. @throws EXTERNAL_ID_TAKEN */
export async function updateListing(tx: Tx, listing: Listing): Promise<void> {
  const { id, ...columns } = toRow(listing)
  await refusingTakenExternalId(tx.update(listings).set(columns).where(eq(listings.id, id)))
}

export async function deleteListing(tx: Tx, id: ListingId): Promise<void> {
  await tx.delete(listings).where(isListing(id))
}

export type ListingFilter = {
  kind: ListingKind
  states?: readonly ListingState[]
  orgId?: Id<'organisation'>
  markets?: readonly string[]
  field?: string
  /** Prefix of a division code. */
  region?: string
  /** Red listings are left out of public lists. */
  shouldHideRed?: boolean
}

/** Newest first: ids are UUIDv7, so the primary key's order is the order of creation. */
export async function listListings(db: Db, filter: ListingFilter, page: PageRequest): Promise<PageOf<Listing>> {
  const conditions = [
    eq(listings.kind, filter.kind),
    filter.states && inArray(listings.state, [...filter.states]),
    filter.orgId && eq(listings.orgId, filter.orgId),
    filter.markets && inArray(listings.market, [...filter.markets]),
    filter.field === undefined ? undefined : sql`${listings.fields} @> array[${filter.field}]`,
    filter.region === undefined ? undefined : like(listings.region, `${filter.region}%`),
    filter.shouldHideRed ? ne(listings.trustCode, 'red') : undefined,
    page.after?.[0] === undefined ? undefined : lt(listings.id, page.after[0]),
  ]
  const rows = await db
    .select()
    .from(listings)
    .where(and(...conditions))
    .orderBy(desc(listings.id))
    .limit(page.limit + 1)
  return pageOf(rows.map(toListing), page.limit, keysetOf)
}

/** Published listings, of everybody or of one organisation, in the order of their ids. */
export async function listPublished(
  db: Db,
  { orgId }: { orgId?: Id<'organisation'> },
  page: PageRequest,
): Promise<PageOf<Listing>> {
  const conditions = [
    eq(listings.state, 'published'),
    orgId && eq(listings.orgId, orgId),
    page.after?.[0] === undefined ? undefined : gt(listings.id, page.after[0]),
  ]
  const rows = await db
    .select()
    .from(listings)
    .where(and(...conditions))
    .orderBy(asc(listings.id))
    .limit(page.limit + 1)
  return pageOf(rows.map(toListing), page.limit, keysetOf)
}

/** The row behind an id, provided that its kind is the one that the id names. */
export function isListing(id: ListingId): SQL | undefined {
  return and(eq(listings.id, idToUuid(id)), eq(listings.kind, kindOf(id)))
}

function keysetOf({ id }: Listing): Keyset {
  return [idToUuid(id)]
}

function refuse(): never {
  throw notFound('listing')
}

async function refusingTakenExternalId(statement: Promise<unknown>): Promise<void> {
  try {
    await statement
  } catch (error) {
    if (!isUniqueViolation(error, 'listings__external_id')) throw error
    throw new AppError('EXTERNAL_ID_TAKEN', 'Your organisation has a listing of this kind with this externalId.', {
      cause: error,
    })
  }
}
