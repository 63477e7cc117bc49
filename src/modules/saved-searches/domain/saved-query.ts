/** The filters of a search as they are kept: those of GET /v1/search, in the types of JSON. */
export type SavedQuery = {
  q?: string | undefined
  kind?: ListingKind[] | undefined
  market?: string | undefined
  field?: string | undefined
  industry?: string | undefined
  ipc?: string | undefined
  region?: string | undefined
  trlMin?: number | undefined
  trlMax?: number | undefined
  mode?: string | undefined
  priceMinFen?: number | undefined
  priceMaxFen?: number | undefined
  amountMinFen?: number | undefined
  amountMaxFen?: number | undefined
  qualification?: string[] | undefined
  trust?: 'green' | 'yellow' | undefined
  publishedWithinDays?: number | undefined
}

export type ListingKind = 'supply' | 'demand' | 'finance_product'

/** What `q` asks of a text. */
export type WantedWords = {
  /** Words that the listing has to have. */
  required: string[]
  /** Folded texts that it has to hold literally. */
  phrases: string[]
  /** Each is refused when the listing has all of its words. */
  excluded: string[][]
  excludedPhrases: string[]
}

/** A newly published listing as saved searches see it. */
export type ListingFacts = {
  kind: ListingKind
  /** Its market and those above it: a search in a market covers the branches. */
  markets: readonly string[]
  words: ReadonlySet<string>
  /** The folded texts that members read. */
  text: string
  fields: readonly string[]
  industries: readonly string[]
  ipc: readonly string[]
  region: string | null
  cooperationModes: readonly string[]
  /** Verified ones of the owner, each with the steps above it on its ladder. */
  qualifications: readonly string[]
  trlMin: number | null
  trlMax: number | null
  priceMinFen: number | null
  priceMaxFen: number | null
  trustCode: 'green' | 'yellow'
  publishedAt: Date
}
