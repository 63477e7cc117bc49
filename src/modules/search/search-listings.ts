import type { Db } from '../../db/client.ts'
import { addDays, type Clock } from '../../kernel/clock.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import { isSignedIn, type Viewer } from '../../kernel/principal.ts'
import type { SearchEngine, SearchHit, SearchResult } from '../../ports/search-engine.ts'
import { type ListingId, type ListingWithOwner, readListingsWithOwners } from '../listings/index.ts'
import { readMarketScope } from './market-scope.ts'
import { qualificationsBelow } from './qualifications-below.ts'
import type { SearchListingsQuery } from './schemas.ts'

export type SearchView = ListingWithOwner & { hit: SearchHit }
export type SearchAnswer = Omit<SearchResult, 'hits' | 'next'> & { page: PageOf<SearchView> }
export type SearchListings = { query: SearchListingsQuery; page: PageRequest }

/**
 * Asks the engine for ids and the database for what they show, so that an answer never shows what was changed or taken off
 * the market after it was indexed. Strangers search what strangers may read: counts would tell them the rest.
 * @throws VALIDATION_FAILED for an unknown market.
 */
export async function searchListings(
  { db, clock, search }: { db: Db; clock: Clock; search: SearchEngine },
  viewer: Viewer,
  { query, page }: SearchListings,
): Promise<SearchAnswer> {
  const { kind, market, qualification, publishedWithinDays, facets, limit: _limit, cursor: _cursor, ...filters } = query
  const own = isSignedIn(viewer) ? viewer.market : undefined
  const result = await search.search({
    ...filters,
    ...page,
    ...(await readMarketScope(db, { asked: market, own })),
    ...(kind && { kinds: kind }),
    ...(qualification && { qualifications: qualificationsBelow(qualification) }),
    ...(publishedWithinDays && { publishedSince: addDays(clock.now(), -publishedWithinDays) }),
    scope: isSignedIn(viewer) ? 'member' : 'teaser',
    facets: facets ?? [],
  })
  const { hits, next, ...figures } = result
  return { ...figures, page: { items: await viewsOf(db, hits), ...(next && { next }) } }
}

/** In the order of the hits. What vanished, was closed or turned red since it was indexed is left out. */
async function viewsOf(db: Db, hits: readonly SearchHit[]): Promise<SearchView[]> {
  const ids = hits.map(({ listingId }) => listingId as ListingId)
  const known = await readListingsWithOwners(db, ids)
  return hits.flatMap((hit) => {
    const found = known.get(hit.listingId as ListingId)
    const isOpen = found?.listing.state === 'published' && found.listing.trustCode !== 'red'
    return found && isOpen ? [{ hit, ...found }] : []
  })
}
