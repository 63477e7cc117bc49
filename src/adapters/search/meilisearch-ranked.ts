import type { SearchHit } from '../../ports/search-engine.ts'
import { anyValue } from './meilisearch-filter.ts'
import type { MeilisearchPosition } from './meilisearch-keyset.ts'
import { behind, rank, SCORE_UNIT, type Scored } from './meilisearch-rank.ts'
import { type Asked, askAll, facetAttributes, type Page, shown, toHit, type Wanted } from './meilisearch-request.ts'
import { figuresOf } from './meilisearch-union.ts'

/** Ranked by relevance at most; nobody pages deeper, and other sorts have no end. */
const RELEVANCE_WINDOW = 1_000

/** The best of the window, and then their texts: 1,000 keys are 100 kB, 1,000 summaries a megabyte. */
export async function readRanked(
  asked: Asked,
  searches: readonly Wanted[],
  after: MeilisearchPosition | undefined,
): Promise<Page> {
  const { query, connection } = asked
  const window = {
    ...{ limit: RELEVANCE_WINDOW, facets: facetAttributes(query.facets), showRankingScore: true },
    attributesToRetrieve: ['listingId', 'owner', 'trust', 'publishedMs'],
  }
  const found = await askAll(
    asked,
    searches.map((wanted) => ({ ...wanted, ...window })),
  )
  const asOf = after?.asOf ?? startOfDay(connection.clock.now())
  const windows = found.map(({ hits }) => hits)
  const ranked = rank(windows, { asOf, literal: asked.text.literal })
  const rest = behind(ranked, after)
  const page = rest.slice(0, query.limit)
  const last = rest.length > query.limit ? page.at(-1) : undefined
  const ids = ranked.map(({ hit }) => hit.listingId)
  const [hits, figures] = await Promise.all([withTexts(asked, searches, page), figuresOf(asked, found, ids)])
  return { hits, figures, asOf, last: last && { key: last.score, listingId: last.hit.listingId } }
}

/** Texts and marks of the hits, each by the search that found it best. */
async function withTexts(
  asked: Asked,
  searches: readonly Wanted[],
  page: readonly Scored<{ listingId: string }>[],
): Promise<SearchHit[]> {
  const requests = searches.flatMap((wanted, index) => {
    const ids = page.filter(({ search }) => search === index).map(({ hit }) => hit.listingId)
    if (ids.length === 0) return []
    const { rankingScoreThreshold: _threshold, ...same } = wanted
    return [{ ...same, ...shown, filter: [...wanted.filter, anyValue('listingId', ids)], limit: ids.length }]
  })
  const found = await askAll(asked, requests)
  const byId = new Map(found.flatMap(({ hits }) => hits).map((hit) => [hit.listingId, hit]))
  return page.flatMap(({ hit, score }) => {
    const texts = byId.get(hit.listingId)
    return texts === undefined ? [] : [toHit(texts, asked.text, score / SCORE_UNIT)]
  })
}

function startOfDay(now: Date): number {
  return now.getTime() - (now.getTime() % 86_400_000)
}
