import { uuidToId } from '../../src/kernel/ids.ts'
import { neighbourTerms } from '../../src/modules/matching/domain/candidates.ts'
import { seededRandom } from '../../src/modules/matching/domain/embedding/random.ts'
import type { Facts, ListingKind } from '../../src/modules/matching/domain/types.ts'
import { tokenizeForIndex } from '../../src/text/tokenize.ts'
import { ENDINGS, MORPHEMES } from './technology-morphemes.ts'

/** One listing as `match_documents` would have it. */
export type SyntheticDocument = { facts: Facts; terms: string[] }

/** Listings by number: the same seed and number give the same listing, whoever asks first. */
export type SyntheticMarket = { words: number; documentOf: (kind: ListingKind, number: number) => SyntheticDocument }

const vocabularySize = 285_000
const organisations = 5_000
const organisationIds = Array.from({ length: organisations }, (_, number) =>
  uuidToId('organisation', uuidOf('9000', number)),
)
const modes = ['licence', 'transfer', 'joint_development', 'equity'] as const

/**
 * A market with 20 fields of technology. A field has 14,250 compounds of two morphemes, most of its own, which its
 * listings use by Zipf's law; four words of five come from the listing's field. Titles have two to four compounds and an
 * ending (9–20 characters), bodies 20 words (supply) or 60 (demand), as the bodies of real listings have after the stop words.
 */
export function syntheticMarket(seed: number): SyntheticMarket {
  const vocabularies = vocabulariesOf(seededRandom(seed))
  const tokens = new Map<string, readonly string[]>()
  const tokensOf = (word: string) => {
    const known = tokens.get(word) ?? tokenizeForIndex(word)
    tokens.set(word, known)
    return known
  }
  return {
    words: vocabularies.reduce((sum, words) => sum + words.length, 0),
    documentOf: (kind, number) => {
      const random = seededRandom(seed + number * 2 + (kind === 'demand' ? 1 : 0) + 1_000_003)
      return documentOf({ vocabularies, tokensOf, random }, kind, number)
    },
  }
}

type Source = { vocabularies: string[][]; tokensOf: (word: string) => readonly string[]; random: () => number }

function documentOf({ vocabularies, tokensOf, random }: Source, kind: ListingKind, number: number): SyntheticDocument {
  const field = Math.floor(random() ** 1.3 * vocabularies.length)
  const wordOf = () => {
    const words = vocabularies[random() < 0.8 ? field : Math.floor(random() * vocabularies.length)] ?? []
    return words[zipfRank(random(), words.length)] ?? ''
  }
  const titleWords = Array.from({ length: 2 + Math.floor(random() * 3) }, wordOf)
  const bodyWords = Array.from({ length: kind === 'demand' ? 60 : 20 }, wordOf)
  const title = brandOf(random) + titleWords.join('') + (ENDINGS[Math.floor(random() * ENDINGS.length)] ?? '')
  const words = [...titleWords, ...bodyWords].flatMap(tokensOf)
  const facts = factsOf({ kind, number, field, random, title, body: bodyWords.join('，'), words })
  return { facts, terms: [...new Set([...neighbourTerms(facts), ...words.map((word) => `w:${word}`)])] }
}

type Seen = {
  kind: ListingKind
  number: number
  field: number
  random: () => number
  title: string
  body: string
  words: string[]
}

/** A quarter of the listings name no codes; the rest stand in their field and one of three industries of it. */
function factsOf({ kind, number, field, random, title, body, words }: Seen): Facts {
  const isClassified = random() < 0.75
  const organisation = Math.floor(random() * organisations)
  return {
    id: uuidToId(kind, uuidOf(kind === 'supply' ? '8000' : 'a000', number)),
    kind,
    orgId: organisationIds[organisation] ?? '',
    market: 'ningbo',
    title,
    body,
    words: [...new Set(words)],
    fields: isClassified ? [`field_${field}`] : [],
    industries: isClassified ? [`C${13 + ((field * 3 + Math.floor(random() * 3)) % 30)}`] : [],
    strategicIndustries: [],
    ipc: [],
    region: `33020${Math.floor(random() * 6)}`,
    cooperationModes: modes.filter(() => random() < 0.6),
    state: 'published',
    trustCode: 'green',
    ipBlockedModes: [],
    acceptedRegions: [],
  }
}

/** Every sixth title begins with a name, so that a market uses some 3,000 characters, as a real one does. */
function brandOf(random: () => number): string {
  if (random() > 1 / 6) return ''
  return String.fromCharCode(...[random(), random()].map((draw) => 0x4e00 + zipfRank(draw, 2_500) * 8))
}

/** In form a UUID of version 7, so that it has a TypeID; in the order of the numbers. */
function uuidOf(group: string, number: number): string {
  return `01900000-0000-7000-${group}-${number.toString(16).padStart(12, '0')}`
}

/**
 * The compounds of each field, the most used first: those of two morphemes of the field itself, in a drawn order, then
 * those that join one of its morphemes with one of another field.
 */
function vocabulariesOf(random: () => number): string[][] {
  const fields = MORPHEMES.map((line) => line.split(' '))
  const all = fields.flat()
  const size = Math.floor(vocabularySize / fields.length)
  return fields.map((own) => {
    const inner = shuffled(
      own.flatMap((one) => own.filter((other) => other !== one).map((other) => one + other)),
      random,
    )
    const outer = shuffled(
      own.flatMap((one) => all.flatMap((other) => [one + other, other + one])),
      random,
    )
    return [...new Set([...inner, ...outer])].slice(0, size)
  })
}

function shuffled<T>(items: T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, turn: random() }))
    .sort((a, b) => a.turn - b.turn)
    .map(({ item }) => item)
}

/** Zipf's law with exponent 1: the logarithm of the rank is even. */
function zipfRank(draw: number, count: number): number {
  return Math.min(count - 1, Math.floor(Math.exp(draw * Math.log(count + 1))) - 1)
}
