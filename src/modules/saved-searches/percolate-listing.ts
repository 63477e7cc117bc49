import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { idToUuid } from '../../kernel/ids.ts'
import { appendEvents } from '../../outbox/append.ts'
import { findListings, type Listing, type ListingId } from '../listings/index.ts'
import { marketAncestors } from '../markets/index.ts'
import { documentsOf } from '../search/index.ts'
import { alertOf } from './domain/alert.ts'
import { lookupKeysOf } from './domain/lookup-key.ts'
import { matchesListing } from './domain/matches-listing.ts'
import type { ListingFacts } from './domain/saved-query.ts'
import { savedSearchHit } from './events.ts'
import { countInstantAlerts, insertHits } from './hit-repo.ts'
import { listingFacts } from './listing-facts.ts'
import { findSavedSearches, listCandidateIds, lockSavedSearches, type SavedSearch } from './saved-search-repo.ts'

/** Searches looked at, and at most locked, together: some 1 MB of queries and a few milliseconds of locks. */
const CHUNK_SIZE = 500

type Percolated = { listing: Listing; facts: ListingFacts; now: Date }

/**
 * Finds the saved searches that a published listing fulfils and keeps each as a hit, once. Only searches under a key of the
 * listing are read, never all of them. A second run finds the hits of the first.
 */
export async function percolateListing(
  { db, clock }: { db: Db; clock: Clock },
  { listingId }: { listingId: ListingId },
): Promise<undefined> {
  const now = clock.now()
  const [listing] = await findListings(db, [listingId])
  const [document] = listing ? await documentsOf(db, [listing], chinaDay(now)) : []
  if (listing === undefined || document === undefined) return
  const facts = listingFacts(document, await marketAncestors(db, listing.market))
  const ids = await listCandidateIds(db, lookupKeysOf(facts))
  for (let start = 0; start < ids.length; start += CHUNK_SIZE) {
    const percolated = { listing, facts, now }
    const found = (await findSavedSearches(db, ids.slice(start, start + CHUNK_SIZE))).filter(finds(percolated))
    if (found.length > 0) await withTx(db, (tx) => keepHits(tx, found, percolated))
  }
}

/** Own listings are no news. */
function finds({ listing, facts, now }: Percolated): (search: SavedSearch) => boolean {
  return (search) => search.orgId !== listing.orgId && matchesListing(search, facts, now)
}

/** Under the lock, so that the alerts of the day are still as counted, and the searches as they are, when this commits. */
async function keepHits(tx: Tx, found: readonly SavedSearch[], percolated: Percolated): Promise<void> {
  const { listing, now } = percolated
  const locked = await lockSavedSearches(
    tx,
    found.map(({ id }) => id),
  )
  const searches = new Map(locked.filter(finds(percolated)).map((search) => [search.id, search]))
  const told = await countInstantAlerts(tx, [...searches.keys()], startOfChinaDay(now))
  const rows = [...searches.values()].map(({ id, alerts }) => ({
    savedSearchId: id,
    listingId: idToUuid(listing.id),
    alert: alertOf(alerts, told.get(id) ?? 0),
    digestOn: null,
    foundAt: now,
  }))
  const hits = await insertHits(tx, rows)
  const events = hits.flatMap(({ savedSearchId, alert }) => {
    const userId = searches.get(savedSearchId)?.userId
    return alert === 'instant' && userId ? [savedSearchHit({ savedSearchId, userId, listingId: listing.id }, now)] : []
  })
  await appendEvents(tx, events)
}

function startOfChinaDay(now: Date): Date {
  return new Date(`${chinaDay(now)}T00:00:00+08:00`)
}
