import type { Db } from '../../db/client.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { passFaultPoint } from '../../kernel/fault-points.ts'
import type { SearchDocument, SearchEngine } from '../../ports/search-engine.ts'
import { findOrganisations } from '../identity/index.ts'
import { findListings, type Listing, type ListingId } from '../listings/index.ts'
import { verifiedQualifications } from './qualification-view.ts'
import { toSearchDocument } from './to-search-document.ts'

export type IndexDeps = { db: Db; clock: Clock; search: Pick<SearchEngine, 'upsert' | 'remove'> }

/** A listing that changes more often meanwhile has a fact of its own for the last change. */
const MOST_ROUNDS = 3

/** Brings the index in line with one listing as it is now. */
export async function indexListing(deps: IndexDeps, { listingId }: { listingId: ListingId }): Promise<undefined> {
  await indexListings(deps, [listingId])
}

/**
 * Writes what is published and not red, removes the rest, then looks whether a listing changed meanwhile and does it again.
 * Without the second look, a slow run that read a published listing could write it after a faster one removed it.
 */
export async function indexListings({ db, clock, search }: IndexDeps, ids: readonly ListingId[]): Promise<void> {
  let pending = ids
  for (let round = 0; round < MOST_ROUNDS && pending.length > 0; round += 1) {
    const before = await findListings(db, pending)
    const documents = await documentsOf(db, before, chinaDay(clock.now()))
    const indexed = new Set(documents.map((document) => document.listingId))
    await search.upsert(documents)
    await search.remove(pending.filter((id) => !indexed.has(id)))
    passFaultPoint('search.written')
    const seen = versionsOf(before)
    const now = versionsOf(await findListings(db, pending))
    pending = pending.filter((id) => seen.get(id) !== now.get(id))
  }
}

/** Documents of the listings that may be found; the others have none. Qualifications count as of `day`. */
export async function documentsOf(db: Db, listings: readonly Listing[], day: string): Promise<SearchDocument[]> {
  const orgIds = [...new Set(listings.map(({ orgId }) => orgId))]
  const owners = await findOrganisations(db, orgIds)
  const qualifications = await verifiedQualifications(db, orgIds, day)
  return listings.flatMap((listing) => {
    const { state, orgId, trustCode } = listing
    if (state !== 'published' || trustCode === 'red') return []
    const owner = { name: owners.get(orgId)?.name ?? '', qualifications: qualifications.get(orgId) ?? [] }
    return [toSearchDocument(listing, owner, trustCode)]
  })
}

function versionsOf(listings: readonly Listing[]): Map<ListingId, number> {
  return new Map(listings.map(({ id, version }) => [id, version]))
}
