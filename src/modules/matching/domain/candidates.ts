import { industryPath } from './classification/industry-path.ts'
import { ipcPath } from './classification/ipc-path.ts'
import type { Facts } from './types.ts'

/** How texts are cut; given from outside, because the dictionary is no part of the domain. */
export type Cutter = {
  words: (text: string) => string[]
  bigrams: (text: string) => string[]
  characters: (text: string) => string[]
}

/** What a listing looks for, in order of worth: all of the title comes before anything of the body. */
export type QueryTerms = { title: readonly string[]; body: readonly string[] }

export type QueryBudget = {
  /** Of terms whose frequency is known. */
  maxTerms: number
  /** Of terms that nobody has counted yet. They find only what is newer than the count, so they cost next to nothing. */
  maxNewTerms: number
  /** How many index rows the terms may touch together. */
  maxDocuments: number
}

/**
 * With 40 terms instead of 20, recall@200 of exact scoring on 5,062 development titles rises from 0.77 to 0.94 within
 * 3,000 rows. It does not last: hits ranked by summed rarity hold 0.89 of the exact best ten among 20,000 synthetic
 * listings and 0.67 among 100,000, and more rows hardly help. So terms are the smaller source beside the title index,
 * for what that does not know, and 3,000 rows take a third of the time of 10,000.
 */
export const QUERY_BUDGET: QueryBudget = { maxTerms: 40, maxNewTerms: 60, maxDocuments: 3_000 }

/** A common field alone is worth a look only in a small market; the title index knows the fields of every listing. */
export const NEIGHBOUR_BUDGET: QueryBudget = { maxTerms: 12, maxNewTerms: 12, maxDocuments: 2_000 }

/** A tsvector holds many more, but a row of the index should stay within a page or two. */
const MAX_INDEX_TERMS = 1000

/**
 * The terms under which a listing is found: IPC places from the subclass down, characters and character
 * pairs of the title, places in the classification, words of title and body. Prefixes keep the word 电池 and
 * the pair 电池 apart.
 */
export function indexTerms(facts: Facts, cutter: Cutter): string[] {
  const words = cutter.words(facts.body).map((word) => `w:${word}`)
  return [...new Set([...titleTerms(facts, cutter), ...neighbourTerms(facts), ...words])].slice(0, MAX_INDEX_TERMS)
}

/**
 * Fields, and fields crossed with industry divisions and IPC subclasses: listings that share one may fit without
 * sharing a word. Crossed, because a division alone holds half of a manufacturing town.
 */
export function neighbourTerms({ fields, industries, ipc }: Facts): string[] {
  const places = [...industries.map((code) => industryPath(code)[1]), ...ipc.map((symbol) => ipcPath(symbol)[2])]
  const crossed = fields.flatMap((field) => places.flatMap((place) => (place ? [`f:${field}/${place}`] : [])))
  return [...new Set([...fields.map((field) => `f:${field}`), ...crossed])]
}

/** The body's character pairs are asked for as well: they meet the pairs of the other side's title. */
export function queryTerms(facts: Facts, cutter: Cutter): QueryTerms {
  const title = titleTerms(facts, cutter)
  const own = new Set(title)
  const words = cutter.words(facts.body).map((word) => `w:${word}`)
  const pairs = cutter.bigrams(facts.body).map((pair) => `b:${pair}`)
  return { title, body: [...new Set([...words, ...pairs])].filter((term) => !own.has(term)) }
}

/**
 * The rarest terms of the title, then the rarest of the body, as long as their document frequencies
 * together stay within the budget. The rarest of the whole text at once are accidents of wording: they
 * reach a recall@200 of 0.10 with 20 terms, the title first one of 0.77. `frequencyOf` counts
 * listings of the other side. It does not know a term that no counted listing has; such a term may stand in
 * listings newer than the count, so it is asked for too, but takes no place from a known one: most
 * pairs of a body stand in no title at all.
 */
export function chooseQueryTerms(
  terms: QueryTerms,
  frequencyOf: (term: string) => number | undefined,
  budget: QueryBudget = QUERY_BUDGET,
): string[] {
  const tiers = [terms.title, terms.body].map((tier) => ratedTerms(tier, frequencyOf))
  const isNew = ({ frequency }: RatedTerm) => frequency === undefined
  const unknown = tiers.flatMap((tier) => tier.filter(isNew)).map(({ term }) => term)
  return [...chooseKnown(tiers, budget), ...[...new Set(unknown)].slice(0, budget.maxNewTerms)]
}

function chooseKnown(tiers: readonly RatedTerm[][], { maxTerms, maxDocuments }: QueryBudget): string[] {
  let left = maxDocuments
  const chosen = new Set<string>()
  for (const tier of tiers) {
    for (const { term, frequency } of tier) {
      if (frequency === undefined) continue
      if (frequency > left || chosen.size >= maxTerms) break
      if (chosen.has(term)) continue
      chosen.add(term)
      left -= frequency
    }
  }
  return [...chosen]
}

function titleTerms({ title, ipc }: Facts, cutter: Cutter): string[] {
  const terms = [
    ...ipc.flatMap((symbol) => ipcPath(symbol).slice(2)).map((place) => `i:${place}`),
    ...cutter.words(title).map((word) => `w:${word}`),
    ...cutter.bigrams(title).map((pair) => `b:${pair}`),
    ...cutter.characters(title).map((character) => `c:${character}`),
  ]
  return [...new Set(terms)]
}

type RatedTerm = { term: string; frequency: number | undefined }

/** Rarest first, ties by code unit. A term that no listing has by count (0) is left out: the count would know it. */
function ratedTerms(terms: readonly string[], frequencyOf: (term: string) => number | undefined): RatedTerm[] {
  return terms
    .map((term) => ({ term, frequency: frequencyOf(term) }))
    .filter(({ frequency }) => frequency === undefined || frequency > 0)
    .sort((a, b) => (a.frequency ?? 0) - (b.frequency ?? 0) || (a.term < b.term ? -1 : 1))
}
