import type { Db } from '../../db/client.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import { findOrganisations } from '../identity/index.ts'
import { marketAncestors } from '../markets/index.ts'
import { readConfidential } from './confidential.ts'
import { disclosureOf } from './domain/disclosure.ts'
import { type Listing, type ListingId, pathOfKind } from './domain/listing.ts'
import { getListingWithOwner } from './listing-view.ts'
import { findSurvivor } from './merge-repo.ts'
import { maySee } from './policy.ts'
import type { ListingView } from './present.ts'

/** One listing as far as the viewer may see it. @throws NOT_FOUND for what does not exist for this viewer. */
export async function readListing(deps: { db: Db; vault: Vault }, viewer: Viewer, id: ListingId): Promise<ListingView> {
  const { listing, owner } = await getListingWithOwner(deps.db, id)
  const survivorId = listing.outcome === 'invalid' ? await findSurvivor(deps.db, id) : undefined
  await assertVisible(deps.db, viewer, listing, survivorId)
  const disclosure = disclosureOf(viewer, listing)
  const confidential = disclosure === 'full' ? await readConfidential(deps, id) : undefined
  return { listing, owner, disclosure, confidential, mergedInto: survivorId }
}

/**
 * Its owner and the operator still see the merged listing; everybody else is sent on. 308, because it holds for good and a
 * client that follows redirects needs nothing; the problem names the survivor for one that does not.
 */
function merged({ kind }: Listing, survivorId: ListingId): AppError {
  return new AppError('LISTING_MERGED', 'The listing is the same as another one and was merged into it.', {
    details: { mergedInto: survivorId },
    headers: { location: `/v1/${pathOfKind[kind]}/${survivorId}` },
  })
}

/** Operators of a market see what was handed to it; whether the viewer is one is asked only when it matters. */
export async function assertVisible(db: Db, viewer: Viewer, listing: Listing, survivorId?: ListingId): Promise<void> {
  const needsLine = listing.state !== 'published' && viewer.role === 'operator'
  const line = needsLine ? await marketAncestors(db, listing.market) : []
  if (maySee(viewer, listing, line)) return
  throw survivorId === undefined ? notFound('listing') : merged(listing, survivorId)
}

/** Listings with their owners' names, without any confidential part. */
export async function viewsOf(db: Db, viewer: Viewer, listings: readonly Listing[]): Promise<ListingView[]> {
  const owners = await findOrganisations(db, [...new Set(listings.map(({ orgId }) => orgId))])
  return listings.flatMap((listing) => {
    const owner = owners.get(listing.orgId)
    return owner ? [{ listing, owner, disclosure: disclosureOf(viewer, listing), confidential: undefined }] : []
  })
}
