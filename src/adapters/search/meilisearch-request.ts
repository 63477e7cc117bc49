import type { SearchParams, SearchResponse } from 'meilisearch'
import type { SearchFacet, SearchHit, SearchQuery, SearchResult } from '../../ports/search-engine.ts'
import type { Connection } from './meilisearch-connection.ts'
import type { StoredDocument } from './meilisearch-document.ts'
import { anyValue, equals, filtersOf } from './meilisearch-filter.ts'
import { highlightEnd, highlightStart, toHighlight } from './meilisearch-highlight.ts'
import type { Stage } from './meilisearch-keyset.ts'
import { EMBEDDER } from './meilisearch-settings.ts'
import { type MeilisearchText, toQuery } from './meilisearch-text.ts'
import { highlight } from './postgres-highlight.ts'

/** The part of a request that says what is found; the rest says what is shown of it. */
export type Wanted = Pick<SearchParams, 'q' | 'filter' | 'matchingStrategy' | 'hybrid' | 'rankingScoreThreshold'> & {
  filter: string[]
}

export type Found = SearchResponse<StoredDocument>

/** One search: its signal ends every request of it when the time is over. */
export type Asked = { connection: Connection; query: SearchQuery; text: MeilisearchText; signal: AbortSignal }

/** A page of hits with what is said about all of them; `last` is there when there is more. */
export type Page = {
  hits: SearchHit[]
  last: { key: number; listingId: string } | undefined
  figures: Pick<SearchResult, 'facets' | 'estimatedTotal' | 'hasApproximateFacets'>
  asOf: number
}

/** How much the meaning counts beside the words, and what is too far from both. */
const SEMANTIC_RATIO = 0.4
const HYBRID_THRESHOLD = 0.4

/**
 * Refused by an index that lost its settings, where no attribute can be filtered: an error makes the fallback answer, an
 * empty result would be taken for the truth.
 */
export const guard = anyValue('trust', ['green', 'yellow'])

export function wantedOf({ query, text }: Asked, stage: Stage, words: readonly string[]): Wanted {
  const filter = [guard, ...filtersOf(query)]
  const isByCode = stage !== 'any' && stage !== 'browse'
  if (isByCode) filter.push(...text.codes.map((code) => codeFilter(code, query.scope)))
  const wanted = { q: toQuery(text, words), filter, matchingStrategy: stage === 'any' ? 'last' : 'all' } as const
  if (stage !== 'hybrid') return wanted
  const hybrid = { embedder: EMBEDDER, semanticRatio: SEMANTIC_RATIO }
  return { ...wanted, hybrid, rankingScoreThreshold: HYBRID_THRESHOLD }
}

function codeFilter(code: string, scope: SearchQuery['scope']): string {
  const inTeaser = equals('codes', code)
  return scope === 'teaser' ? inTeaser : `(${inTeaser} OR ${equals('bodyCodes', code)})`
}

export const shown: SearchParams = {
  attributesToRetrieve: ['listingId', 'kind', 'trust', 'publishedMs', 'priceKey', 'deadlineKey', 'title', 'summary'],
  attributesToHighlight: ['title', 'summary'],
  highlightPreTag: highlightStart,
  highlightPostTag: highlightEnd,
}

/** Several searches in one round trip. */
export async function askAll({ connection, query, signal }: Asked, all: readonly SearchParams[]): Promise<Found[]> {
  if (all.length === 0) return []
  const indexUid = connection.uids[query.scope]
  const queries = all.map((params) => ({ ...params, locales: ['zho'], indexUid }))
  const { results } = await connection.client.multiSearch<{ queries: typeof queries }, StoredDocument>(
    { queries },
    { signal },
  )
  return results
}

const attributes: Record<SearchFacet, string> = {
  ...{ kind: 'kind', market: 'market', field: 'fields', industry: 'industries', region: 'prefecture' },
  ...{ mode: 'modes', trl: 'trlLevels', trust: 'trust', qualification: 'qualifications' },
}

export function facetAttributes(facets: readonly SearchFacet[]): string[] {
  return [...new Set(facets)].map((facet) => attributes[facet])
}

export function toFacets(
  facets: readonly SearchFacet[],
  found: Pick<Found, 'facetDistribution'> | undefined,
): SearchResult['facets'] {
  return Object.fromEntries(facets.map((facet) => [facet, found?.facetDistribution?.[attributes[facet]] ?? {}]))
}

/** Our own marks know every spelling of a word; the server's know words with slips and words by their beginning. */
export function toHit(hit: Found['hits'][number], { terms }: MeilisearchText, score: number): SearchHit {
  const { listingId, kind, _formatted, title, summary } = hit
  const marked = { title: highlight(title, terms), summary: highlight(summary, terms) }
  const isMarked = `${marked.title}${marked.summary}`.includes('<em>')
  const highlights =
    isMarked || _formatted === undefined
      ? marked
      : { title: toHighlight(_formatted.title ?? title), summary: toHighlight(_formatted.summary ?? summary) }
  return { listingId, kind, score, highlights }
}
