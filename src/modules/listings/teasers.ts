import type { Db } from '../../db/client.ts'
import { findOrganisations, type OrganisationSummary } from '../identity/index.ts'
import type { Listing, ListingId } from './domain/listing.ts'
import { findListings } from './listing-repo.ts'

/** A listing with its owner, of whom everybody may know. */
export type ListingWithOwner = { listing: Listing; owner: Pick<OrganisationSummary, 'id' | 'name' | 'kind'> }

/** The listings behind ids, with their owners, in two statements however many they are. */
export async function readListingsWithOwners(
  db: Db,
  ids: readonly ListingId[],
): Promise<Map<ListingId, { listing: Listing; owner: OrganisationSummary }>> {
  const listings = await findListings(db, [...new Set(ids)])
  const owners = await findOrganisations(
    db,
    listings.map(({ orgId }) => orgId),
  )
  return new Map(
    listings.flatMap((listing) => {
      const owner = owners.get(listing.orgId)
      return owner === undefined ? [] : [[listing.id, { listing, owner }] as const]
    }),
  )
}

/** What everybody may see of a listing of any kind, wherever it is shown: lists take from it what they name. */
export function toTeaser({ listing, owner }: ListingWithOwner) {
  const { content, facets } = listing
  return {
    id: listing.id,
    kind: listing.kind,
    market: listing.market,
    organisation: { id: owner.id, name: owner.name, kind: owner.kind },
    title: content.title,
    summary: content.summary,
    fields: content.fields,
    industries: content.industries,
    ipc: content.ipc,
    keywords: content.keywords,
    region: content.region,
    cooperationModes: content.cooperationModes,
    trlMin: facets.trlMin,
    trlMax: facets.trlMax,
    priceMinFen: facets.priceMinFen,
    priceMaxFen: facets.priceMaxFen,
    deadline: facets.deadline,
    state: listing.state,
    trustCode: listing.trustCode,
    trustReasons: listing.trustReasons,
    publishedAt: listing.publishedAt?.toISOString(),
  }
}
