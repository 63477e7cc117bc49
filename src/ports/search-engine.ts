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
  sort: 'relevance' | 'newest' | 'price' | 'deadline'
  facets: SearchFacet[]
  limit: number
  after?: Keyset
}

export const searchFacets = ['kind', 'market', 'field', 'industry', 'region', 'mode', 'trl', 'trust'] as const
export type SearchFacet = (typeof searchFacets)[number]

/** A hit by id with the texts of the index; `highlights` mark matches with <em>, everything else is HTML-escaped. */
export type SearchHit = {
  listingId: string
  kind: SearchKind
  score: number
  highlights: { title: string; summary: string }
}

export type SearchResult = {
  hits: SearchHit[]
  next?: Keyset
  facets: Partial<Record<SearchFacet, Record<string, number>>>
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
