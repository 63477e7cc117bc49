import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lookupKeyOf, lookupKeysOf } from '../../../../src/modules/saved-searches/domain/lookup-key.ts'
import { matchesListing } from '../../../../src/modules/saved-searches/domain/matches-listing.ts'
import type {
  ListingFacts,
  SavedQuery,
  WantedWords,
} from '../../../../src/modules/saved-searches/domain/saved-query.ts'

const now = new Date('2026-03-10T00:00:00Z')
const kinds = ['supply', 'demand', 'finance_product'] as const
const word = fc.constantFrom('压铸', '模具', '电机', '壳体', '锂电')
const words = fc.uniqueArray(word, { maxLength: 2 })
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 1 })
const level = fc.integer({ min: 1, max: 9 })
const code = (...codes: string[]) => fc.constantFrom(...codes)
const some = (...codes: string[]) => fc.subarray(codes)

const filters = fc.record({
  kind: fc.subarray([...kinds], { minLength: 1 }),
  market: code('ningbo', 'beilun'),
  field: code('materials', 'biology'),
  industry: code('C', 'C36'),
  ipc: code('B', 'B22', 'B22D17/'),
  region: code('33', '3302'),
  trlMin: level,
  trlMax: level,
  mode: code('licence', 'sale'),
  priceMinFen: level,
  priceMaxFen: level,
  amountMinFen: level,
  amountMaxFen: level,
  qualification: fc.subarray(['gazelle', 'giant'], { minLength: 1 }),
  trust: fc.constantFrom('green', 'yellow'),
  publishedWithinDays: fc.integer({ min: 1, max: 9 }),
})
const names = [
  'kind',
  'market',
  'field',
  'industry',
  'ipc',
  'region',
  'trlMin',
  'trlMax',
  'mode',
  'priceMinFen',
  'priceMaxFen',
  'amountMinFen',
  'amountMaxFen',
  'qualification',
  'trust',
  'publishedWithinDays',
] as const
/** Three filters at most, so that a good part of the pairs fit. */
const queries: fc.Arbitrary<SavedQuery> = fc
  .tuple(filters, fc.subarray([...names], { maxLength: 3 }))
  .map(([all, some]) => Object.fromEntries(some.map((name) => [name, all[name]])))
const wanted: fc.Arbitrary<WantedWords> = fc.record({
  required: words,
  phrases: fc.uniqueArray(word, { maxLength: 1 }),
  excluded: fc.array(fc.uniqueArray(word, { minLength: 1, maxLength: 2 }), { maxLength: 1 }),
  excludedPhrases: fc.uniqueArray(word, { maxLength: 1 }),
})
const ends = fc.tuple(optional(level), optional(level)).map(([one = null, other = null]) => {
  const isTurned = one !== null && other !== null && one > other
  return isTurned ? { from: other, to: one } : { from: one, to: other }
})
const facts: fc.Arbitrary<ListingFacts> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    markets: fc.constantFrom(['ningbo'], ['beilun', 'ningbo']),
    texts: fc.uniqueArray(word, { minLength: 2 }),
    fields: some('materials', 'biology'),
    industries: some('C36', 'D44'),
    ipc: some('B22D17/22', 'H01M10/05'),
    region: fc.constantFrom('330206', '310000', null),
    cooperationModes: some('licence', 'sale'),
    qualifications: some('gazelle', 'giant'),
    trl: ends,
    price: ends,
    trustCode: fc.constantFrom('green' as const, 'yellow' as const),
    age: fc.integer({ min: 0, max: 10 }),
  })
  .map(({ texts, trl, price, age, ...rest }) => ({
    ...rest,
    ...{ words: new Set(texts), text: texts.join('') },
    ...{ trlMin: trl.from, trlMax: trl.to, priceMinFen: price.from, priceMaxFen: price.to },
    publishedAt: new Date(now.getTime() - age * 86_400_000),
  }))

/** Every range as a list of whole values, every condition by itself: slow and plain. */
function naively(query: SavedQuery, { required, phrases, excluded, excludedPhrases }: WantedWords, of: ListingFacts) {
  const scale = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
  const meets = (min: number | undefined, max: number | undefined, range: [number | null, number | null]) =>
    (min === undefined && max === undefined) ||
    ((range[0] !== null || range[1] !== null) &&
      scale.some((value) => value >= (range[0] ?? 0) && value <= (range[1] ?? 10) && value >= (min ?? 0)) &&
      Math.max(range[0] ?? 0, min ?? 0) <= Math.min(range[1] ?? 10, max ?? 10))
  const among = (each: string | undefined, all: readonly string[]) => each === undefined || new Set(all).has(each)
  const begins = (each: string | undefined, all: readonly string[]) =>
    each === undefined || all.filter((one) => one.slice(0, each.length) === each).length > 0
  const all = (list: readonly string[]) => list.filter((each) => !of.words.has(each)).length === 0
  const price: [number | null, number | null] = [of.priceMinFen, of.priceMaxFen]
  const hasAmount = query.amountMinFen !== undefined || query.amountMaxFen !== undefined
  return [
    all(required),
    phrases.filter((each) => of.text.indexOf(each) < 0).length === 0,
    excluded.filter(all).length === 0,
    excludedPhrases.filter((each) => of.text.indexOf(each) >= 0).length === 0,
    among(of.kind, query.kind ?? kinds),
    among(query.market, of.markets),
    among(query.field, of.fields),
    among(query.mode, of.cooperationModes),
    begins(query.industry, of.industries),
    begins(query.ipc, of.ipc),
    begins(query.region, [of.region ?? '']),
    query.qualification === undefined ||
      query.qualification.filter((each) => of.qualifications.includes(each)).length > 0,
    among(query.trust, [of.trustCode]),
    meets(query.trlMin, query.trlMax, [of.trlMin, of.trlMax]),
    meets(query.priceMinFen, query.priceMaxFen, price),
    !hasAmount || of.kind === 'finance_product',
    meets(query.amountMinFen, query.amountMaxFen, price),
    query.publishedWithinDays === undefined ||
      of.publishedAt.getTime() + query.publishedWithinDays * 86_400_000 >= now.getTime(),
  ].every(Boolean)
}

describe('matchesListing', () => {
  it('answers as a naive evaluation of every condition does', () => {
    let fits = 0
    fc.assert(
      fc.property(queries, wanted, facts, (query, words, listing) => {
        const isFit = matchesListing({ query, words }, listing, now)
        fits += isFit ? 1 : 0
        expect(isFit).toBe(naively(query, words, listing))
      }),
      { numRuns: 3_000 },
    )
    expect(fits).toBeGreaterThan(20)
  })

  it.each<[string, SavedQuery, Partial<ListingFacts>, boolean]>([
    ['a listing without a price in no range', { priceMinFen: 1 }, { priceMinFen: null, priceMaxFen: null }, false],
    ['an open end as any price', { priceMinFen: 9 }, { priceMinFen: 1, priceMaxFen: null }, true],
    ['an amount as a finance product’s alone', { amountMaxFen: 9 }, { kind: 'supply', priceMinFen: 1 }, false],
    ['a branch as part of its market', { market: 'ningbo' }, { markets: ['beilun', 'ningbo'] }, true],
    ['a market as no part of its branch', { market: 'beilun' }, { markets: ['ningbo'] }, false],
    [
      'exactly so many days as within them',
      { publishedWithinDays: 1 },
      { publishedAt: new Date(+now - 86_400_000) },
      true,
    ],
  ])('takes %s', (_, query, change, expected) => {
    const words = { required: [], phrases: [], excluded: [], excludedPhrases: [] }
    const [listing] = fc.sample(facts, { numRuns: 1, seed: 1 })
    if (listing === undefined) throw new Error('a listing expected')
    expect(matchesListing({ query, words }, { ...listing, ...change }, now)).toBe(expected)
  })
})

describe('the lookup key', () => {
  it('of a search is among those of every listing that fits it, whatever was counted', () => {
    const counts = fc.array(fc.tuple(word, fc.nat(9))).map((pairs) => new Map(pairs))
    fc.assert(
      fc.property(queries, wanted, facts, counts, (query, words, listing, counted) => {
        fc.pre(matchesListing({ query, words }, listing, now))
        expect(lookupKeysOf(listing)).toContain(lookupKeyOf({ query, words }, counted))
      }),
      { numRuns: 200 },
    )
  })

  it('is the rarest word, an uncounted one before all, else the narrowest filter', () => {
    const words = { required: ['技术', '压铸', '罕见'], phrases: [], excluded: [], excludedPhrases: [] }
    const none = { ...words, required: [] }
    const counts = new Map([
      ['技术', 9_000],
      ['压铸', 20],
    ])
    expect(lookupKeyOf({ query: {}, words }, counts)).toBe('word:罕见')
    expect(lookupKeyOf({ query: {}, words }, new Map([...counts, ['罕见', 21]]))).toBe('word:压铸')
    expect(lookupKeyOf({ query: { kind: ['supply'], field: 'f', ipc: 'H01M' }, words: none }, counts)).toBe('ipc:H01M')
    expect(lookupKeyOf({ query: { kind: ['supply'] }, words: none }, counts)).toBe('kind:supply')
    expect(lookupKeyOf({ query: { kind: ['supply', 'demand'], trlMin: 3 }, words: none }, counts)).toBe('*')
  })
})
