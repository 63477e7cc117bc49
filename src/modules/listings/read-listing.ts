import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import { isSignedIn, type Viewer } from '../../kernel/principal.ts'
import { findOrganisations } from '../identity/index.ts'
import { marketAncestors } from '../markets/index.ts'
import { findConfidential } from './confidential-repo.ts'
import { disclosureOf } from './domain/disclosure.ts'
import type { Confidential, Listing, ListingId } from './domain/listing.ts'
import { getListing } from './listing-repo.ts'
import { maySee } from './policy.ts'
import type { ListingView } from './present.ts'

/** One listing as far as the viewer may see it. @throws NOT_FOUND for what does not exist for this viewer. */
export async function readListing(deps: { db: Db }, viewer: Viewer, id: ListingId): Promise<ListingView> {
  const listing = await getVisibleListing(deps, viewer, id)
  const view = await viewsOf(deps.db, viewer, [listing])
  const confidential = disclosureOf(viewer, listing) === 'full' ? await findConfidential(deps.db, id) : undefined
  return { ...(view[0] ?? refuse()), confidential }
}

/** The stored listing if the viewer may see it. @throws NOT_FOUND */
export async function getVisibleListing(deps: { db: Db }, viewer: Viewer, id: ListingId): Promise<Listing> {
  const listing = await getListing(deps.db, id)
  const needsLine = listing.state !== 'published' && isSignedIn(viewer) && viewer.role === 'operator'
  const line = needsLine ? await marketAncestors(deps.db, listing.market) : []
  return maySee(viewer, listing, line) ? listing : refuse()
}

/** Listings with their owners' names, without any confidential part. */
export async function viewsOf(db: Db, viewer: Viewer, listings: readonly Listing[]): Promise<ListingView[]> {
  const owners = await findOrganisations(db, [...new Set(listings.map(({ orgId }) => orgId))])
  return listings.flatMap((listing) => {
    const owner = owners.get(listing.orgId)
    const confidential: Confidential | undefined = undefined
    return owner ? [{ listing, owner, disclosure: disclosureOf(viewer, listing), confidential }] : []
  })
}

function refuse(): never {
  throw notFound('listing')
}
