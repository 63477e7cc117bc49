import { eq } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import { organisations } from '../identity/table.ts'
import type { Listing, ListingId } from './domain/listing.ts'
import { isListing } from './listing-repo.ts'
import { toListing } from './listing-row.ts'
import type { ListingView } from './present.ts'
import { listings } from './table.ts'

/** A listing and its owner's name in one statement, for the most frequent read of all. @throws NOT_FOUND */
export async function getListingWithOwner(
  db: Db,
  id: ListingId,
): Promise<{ listing: Listing; owner: ListingView['owner'] }> {
  const rows = await db
    .select({ row: listings, owner: { id: organisations.id, name: organisations.name, kind: organisations.kind } })
    .from(listings)
    .innerJoin(organisations, eq(organisations.id, listings.orgId))
    .where(isListing(id))
  if (rows[0] === undefined) throw notFound('listing')
  return { listing: toListing(rows[0].row), owner: rows[0].owner }
}
