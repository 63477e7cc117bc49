import type { Db } from '../../db/client.ts'
import { findOrganisations, type OrganisationSummary } from '../identity/index.ts'
import { findListings, type Listing, type ListingId } from '../listings/index.ts'

/** The public part of a listing and who owns it. */
export type Teaser = { listing: Listing; owner: OrganisationSummary }

export async function readTeasers(db: Db, ids: readonly ListingId[]): Promise<Map<string, Teaser>> {
  const listings = await findListings(db, ids)
  const owners = await findOrganisations(
    db,
    listings.map(({ orgId }) => orgId),
  )
  return new Map(
    listings.flatMap((listing): [string, Teaser][] => {
      const owner = owners.get(listing.orgId)
      return owner ? [[listing.id, { listing, owner }]] : []
    }),
  )
}
