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
  /** Types of the owner's valid, verified qualifications. */
  qualifications: string[]
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
  /** Price of a supply, budget of a demand, amount of a finance product. */
  priceMinFen: number | null
  priceMaxFen: number | null
  deadline: string | null
  trustCode: 'green' | 'yellow'
  publishedAt: Date
}

/** Without a text, relevance is newest; price and deadline go from the lowest and soonest, absent values last. */
export const searchSorts = ['relevance', 'newest', 'price', 'deadline'] as const
export type SearchSort = (typeof searchSorts)[number]

/**
 * Which texts words may match: `teaser` is what everybody may read (title, keywords, organisation, summary, IPC symbols),
 * `member` the body as well. A count of hits would tell an anonymous caller what the body says, so both are apart.
 */
export type SearchScope = 'teaser' | 'member'

export type SearchQuery = {
  q?: string
  scope: SearchScope
  /** Groups of terms that mean the same in the market asked for, besides the curated list of src/text/synonyms.ts. */
  synonyms?: readonly (readonly string[])[]
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
  /** The same range of finance products alone; no other kind passes. */
  amountMinFen?: number
  amountMaxFen?: number
  /** The owner has at least one of these. */
  qualifications?: string[]
  trust?: 'green' | 'yellow'
  publishedSince?: Date
  sort: SearchSort
  facets: SearchFacet[]
  limit: number
  after?: Keyset
}

/** Values are codes as documents have them; those of `region` are the four digits of a prefecture. */
export const searchFacets = [
  'kind',
  'market',
  'field',
  'industry',
  'region',
  'mode',
  'trl',
  'trust',
  'qualification',
] as const
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
  /** Counts over the hits of all filters; the engine may look at a capped number of them. */
  facets: Partial<Record<SearchFacet, Record<string, number>>>
  /** Whether it did, so that a count is a lower bound. */
  hasApproximateFacets: boolean
  /** Exact while small. */
  estimatedTotal: number
  engine: 'postgres' | 'meilisearch'
  degraded: boolean
}

export type IndexedVersion = { listingId: string; version: number }

export type SearchEngine = {
  /** A version older than the stored one is skipped; the same version is written again, because its owner may have changed. */
  upsert(documents: readonly SearchDocument[]): Promise<void>
  remove(listingIds: readonly string[]): Promise<void>
  search(query: SearchQuery): Promise<SearchResult>
  /** Keywords, organisations and titles that begin with the prefix as written, in pinyin or in pinyin initials. */
  suggest(prefix: string, limit: number): Promise<string[]>
  /** What the index holds, for checks against the database: up to `limit`, ordered by UUID, after the given id. */
  listVersions(page: { after?: string; limit: number }): Promise<IndexedVersion[]>
}
