import { anyValue } from './meilisearch-filter.ts'
import { type Asked, askAll, type Found, facetAttributes, guard, type Page, toFacets } from './meilisearch-request.ts'

/** What one list of ids in a filter may hold. */
const MOST_IDS = 1_000

/**
 * Total and facets of all searches together. One search knows them itself. Several, for a query and its synonyms, share
 * documents: when all their hits are at hand, the distinct ones are counted; else the greatest figures are a lower bound.
 */
export async function figuresOf(
  asked: Asked,
  searches: readonly Found[],
  idsAtHand: readonly string[],
): Promise<Page['figures']> {
  const { facets } = asked.query
  const fruitful = searches.filter(({ estimatedTotalHits = 0 }) => estimatedTotalHits > 0)
  const totals = searches.map(({ estimatedTotalHits = 0 }) => estimatedTotalHits)
  if (fruitful.length < 2) {
    return {
      facets: toFacets(facets, fruitful[0]),
      estimatedTotal: Math.max(0, ...totals),
      hasApproximateFacets: false,
    }
  }
  const areAllAtHand = searches.every(({ hits, estimatedTotalHits = 0 }) => hits.length >= estimatedTotalHits)
  if (!areAllAtHand || idsAtHand.length > MOST_IDS) {
    const greatest = { facetDistribution: greatestCounts(fruitful) }
    const estimatedTotal = Math.max(idsAtHand.length, ...totals)
    return { facets: toFacets(facets, greatest), estimatedTotal, hasApproximateFacets: facets.length > 0 }
  }
  const filter = [guard, anyValue('listingId', idsAtHand)]
  const counted =
    facets.length === 0 ? [] : await askAll(asked, [{ q: '', filter, limit: 0, facets: facetAttributes(facets) }])
  return { facets: toFacets(facets, counted[0]), estimatedTotal: idsAtHand.length, hasApproximateFacets: false }
}

function greatestCounts(searches: readonly Found[]): Record<string, Record<string, number>> {
  const greatest: Record<string, Record<string, number>> = {}
  for (const { facetDistribution = {} } of searches) {
    for (const [attribute, counts] of Object.entries(facetDistribution)) {
      const known = greatest[attribute] ?? {}
      const values = Object.entries(counts).map(([value, count]) => [value, Math.max(count, known[value] ?? 0)])
      greatest[attribute] = { ...known, ...Object.fromEntries(values) }
    }
  }
  return greatest
}
