import type { ListingFacts, SavedQuery, WantedWords } from './saved-query.ts'

const DAY_MS = 86_400_000

/** Whether a listing fulfils every condition of a search, as GET /v1/search would have it: filters are joined by AND. */
export function matchesListing(
  { query, words }: { query: SavedQuery; words: WantedWords },
  listing: ListingFacts,
  now: Date,
): boolean {
  return hasWords(words, listing) && hasCodes(query, listing) && isInRanges(query, listing, now)
}

function hasWords(
  { required, phrases, excluded, excludedPhrases }: WantedWords,
  { words, text }: ListingFacts,
): boolean {
  const has = (word: string) => words.has(word)
  return (
    required.every(has) &&
    phrases.every((phrase) => text.includes(phrase)) &&
    !excluded.some((each) => each.every(has)) &&
    !excludedPhrases.some((phrase) => text.includes(phrase))
  )
}

function hasCodes(query: SavedQuery, listing: ListingFacts): boolean {
  const { kind, market, field, industry, ipc, region, mode, qualification, trust } = query
  return (
    (kind === undefined || kind.includes(listing.kind)) &&
    isAmong(market, listing.markets) &&
    isAmong(field, listing.fields) &&
    beginsOne(industry, listing.industries) &&
    beginsOne(ipc, listing.ipc) &&
    beginsOne(region, listing.region === null ? [] : [listing.region]) &&
    isAmong(mode, listing.cooperationModes) &&
    (qualification === undefined || qualification.some((code) => listing.qualifications.includes(code))) &&
    (trust === undefined || trust === listing.trustCode)
  )
}

/** Ranges overlap; a listing without a value is in no range. */
function isInRanges(query: SavedQuery, listing: ListingFacts, now: Date): boolean {
  const { trlMin, trlMax, priceMinFen, priceMaxFen, amountMinFen, amountMaxFen, publishedWithinDays } = query
  const price = { from: listing.priceMinFen, to: listing.priceMaxFen }
  const asksAmount = amountMinFen !== undefined || amountMaxFen !== undefined
  return (
    overlaps({ from: trlMin, to: trlMax }, { from: listing.trlMin, to: listing.trlMax }) &&
    overlaps({ from: priceMinFen, to: priceMaxFen }, price) &&
    (!asksAmount || listing.kind === 'finance_product') &&
    overlaps({ from: amountMinFen, to: amountMaxFen }, price) &&
    (publishedWithinDays === undefined || now.getTime() - listing.publishedAt.getTime() <= publishedWithinDays * DAY_MS)
  )
}

type Wanted = { from: number | undefined; to: number | undefined }
type Offered = { from: number | null; to: number | null }

function overlaps(wanted: Wanted, offered: Offered): boolean {
  if (wanted.from === undefined && wanted.to === undefined) return true
  if (offered.from === null && offered.to === null) return false
  return (
    (offered.to ?? Number.POSITIVE_INFINITY) >= (wanted.from ?? Number.NEGATIVE_INFINITY) &&
    (offered.from ?? Number.NEGATIVE_INFINITY) <= (wanted.to ?? Number.POSITIVE_INFINITY)
  )
}

function isAmong(code: string | undefined, codes: readonly string[]): boolean {
  return code === undefined || codes.includes(code)
}

function beginsOne(prefix: string | undefined, codes: readonly string[]): boolean {
  return prefix === undefined || codes.some((code) => code.startsWith(prefix))
}
