import type { ListingFacts, SavedQuery, WantedWords } from './saved-query.ts'

/** Fits every listing: the key of a search that asks for nothing that could be looked up. */
const ANY = '*'

/**
 * The one condition by which a search is looked up: its rarest word, or else the filter that fits the fewest listings.
 * `documentsWith` says in how many listings a word was counted; a word that was never counted is the rarest.
 */
export function lookupKeyOf(
  { query, words }: { query: SavedQuery; words: WantedWords },
  documentsWith: ReadonlyMap<string, number>,
): string {
  const rarest = [...words.required].sort(
    (one, other) =>
      (documentsWith.get(one) ?? 0) - (documentsWith.get(other) ?? 0) ||
      other.length - one.length ||
      (one < other ? -1 : 1),
  )[0]
  return rarest === undefined ? filterKeyOf(query) : `word:${rarest}`
}

/** From the narrowest filter to the widest. */
function filterKeyOf({ ipc, industry, field, region, mode, market, kind }: SavedQuery): string {
  if (ipc !== undefined) return `ipc:${ipc}`
  if (industry !== undefined) return `industry:${industry}`
  if (field !== undefined) return `field:${field}`
  if (region !== undefined) return `region:${region}`
  if (mode !== undefined) return `mode:${mode}`
  if (market !== undefined) return `market:${market}`
  return kind?.length === 1 ? `kind:${kind[0]}` : ANY
}

/** Every key of a search that the listing may fulfil. */
export function lookupKeysOf(listing: ListingFacts): string[] {
  const { words, ipc, industries, fields, region, cooperationModes, markets, kind } = listing
  const keys = [
    ...[...words].map((word) => `word:${word}`),
    ...ipc.flatMap(prefixesOf).map((prefix) => `ipc:${prefix}`),
    ...industries.flatMap(prefixesOf).map((prefix) => `industry:${prefix}`),
    ...fields.map((code) => `field:${code}`),
    ...prefixesOf(region ?? '').map((prefix) => `region:${prefix}`),
    ...cooperationModes.map((code) => `mode:${code}`),
    ...markets.map((code) => `market:${code}`),
    `kind:${kind}`,
    ANY,
  ]
  return [...new Set(keys)]
}

function prefixesOf(code: string): string[] {
  return [...code].map((_, index) => code.slice(0, index + 1))
}
