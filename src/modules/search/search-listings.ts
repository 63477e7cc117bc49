import type { Db } from '../../db/client.ts'
import { AppError } from '../../kernel/errors.ts'
import { nearest } from '../../kernel/nearest.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { SearchEngine, SearchHit, SearchResult } from '../../ports/search-engine.ts'
import { findOrganisations, type OrganisationSummary } from '../identity/index.ts'
import { findListings, type Listing, type ListingId } from '../listings/index.ts'
import { listMarkets, marketTree } from '../markets/index.ts'
import type { SearchListingsQuery } from './schemas.ts'

export type SearchView = { hit: SearchHit; listing: Listing; owner: OrganisationSummary }
export type SearchAnswer = Omit<SearchResult, 'hits' | 'next'> & { page: PageOf<SearchView> }
export type SearchListings = { query: SearchListingsQuery; page: PageRequest }

/**
 * Asks the engine for ids and the database for what they show, so that an answer never shows what was changed or taken off
 * the market after it was indexed. @throws VALIDATION_FAILED for an unknown market.
 */
export async function searchListings(
  { db, search }: { db: Db; search: SearchEngine },
  { query, page }: SearchListings,
): Promise<SearchAnswer> {
  const { kind, market, facets, limit: _limit, cursor: _cursor, ...filters } = query
  const result = await search.search({
    ...filters,
    ...page,
    ...(kind && { kinds: kind }),
    ...(market && { markets: await branchesOf(db, market) }),
    facets: facets ?? [],
  })
  const { hits, next, ...figures } = result
  return { ...figures, page: { items: await viewsOf(db, hits), ...(next && { next }) } }
}

async function branchesOf(db: Db, code: string): Promise<string[]> {
  const tree = await marketTree(db, code)
  if (tree.length > 0) return tree
  const markets = await listMarkets(db)
  const guess = nearest(
    code,
    markets.map((market) => market.code),
  )
  const message = `is no market; ${guess === undefined ? 'see /v1/markets' : `did you mean "${guess}"?`}`
  throw new AppError('VALIDATION_FAILED', 'The request has invalid fields.', {
    errors: [{ location: 'query', pointer: '#/market', code: 'unknown_market', message }],
  })
}

/** In the order of the hits. What vanished, was closed or turned red since it was indexed is left out. */
async function viewsOf(db: Db, hits: readonly SearchHit[]): Promise<SearchView[]> {
  const listings = await findListings(
    db,
    hits.map(({ listingId }) => listingId as ListingId),
  )
  const owners = await findOrganisations(
    db,
    listings.map(({ orgId }) => orgId),
  )
  const known = new Map<string, Listing>(listings.map((listing) => [listing.id, listing]))
  return hits.flatMap((hit) => {
    const listing = known.get(hit.listingId)
    const owner = listing && owners.get(listing.orgId)
    const isOpen = listing?.state === 'published' && listing.trustCode !== 'red'
    return listing && owner && isOpen ? [{ hit, listing, owner }] : []
  })
}
