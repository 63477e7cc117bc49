import type { Keyset } from '../kernel/page.ts'

export const listingKinds = ['supply', 'demand', 'finance_product'] as const
export type SearchKind = (typeof listingKinds)[number]

/** What the index knows of a listing: teaser and member text, never confidential text. */
export type SearchDocument = {
  listingId: string
  kind: SearchKind
  /** Row version of the listing; an older version never overwrites a newer one. */
  version: number
  market: string
  orgId: string
  orgName: string
  title: string
  summary: string
  body: string
  keywords: string[]
  fields: string[]
  industries: string[]
  ipc: string[]
  region: string | null
  trlMin: number | null
  trlMax: number | null
  cooperationModes: string[]
  priceMinFen: number | null
  priceMaxFen: number | null
  deadline: string | null
  trustCode: 'green' | 'yellow'
  publishedAt: Date
}

/** Without a text, relevance is newest; price and deadline go from the lowest and soonest, absent values last. */
export const searchSorts = ['relevance', 'newest', 'price', 'deadline'] as const
export type SearchSort = (typeof searchSorts)[number]

export type SearchQuery = {
  q?: string
  kinds?: SearchKind[]
  /** Market codes, branches already included. */
  markets?: string[]
  field?: string
  industry?: string
  /** Prefix of a normalised IPC symbol. */
  ipc?: string
  /** Prefix of a region code. */
  region?: string
  trlMin?: number
  trlMax?: number
  mode?: string
  priceMinFen?: number
  priceMaxFen?: number
  sort: SearchSort
  facets: SearchFacet[]
  limit: number
  after?: Keyset
}

/** Values are codes as documents have them; those of `region` are the four digits of a prefecture. */
export const searchFacets = ['kind', 'market', 'field', 'industry', 'region', 'mode', 'trl', 'trust'] as const
export type SearchFacet = (typeof searchFacets)[number]

/**
 * A hit by id; `score` is from 0 to 1 for relevance, else 0. `highlights` mark matches with <em> in the texts of the index,
 * everything else is HTML-escaped.
 */
export type SearchHit = {
  listingId: string
  kind: SearchKind
  score: number
  highlights: { title: string; summary: string }
}

export type SearchResult = {
  hits: SearchHit[]
  next?: Keyset
  /** Counts over the hits that the engine looked at, which it may cap. */
  facets: Partial<Record<SearchFacet, Record<string, number>>>
  /** Exact while small. */
  estimatedTotal: number
  engine: 'postgres' | 'meilisearch'
  degraded: boolean
}

export type SearchEngine = {
  upsert(documents: readonly SearchDocument[]): Promise<void>
  remove(listingIds: readonly string[]): Promise<void>
  search(query: SearchQuery): Promise<SearchResult>
  suggest(prefix: string, limit: number): Promise<string[]>
}
