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
  maxTerms: number
  /** How many index rows the terms may touch together. */
  maxDocuments: number
}

/**
 * 60,000 rows take 4 ms among 300,000 listings and 42 ms among 1,000,000 (PostgreSQL 18, two cores). With
 * 40 terms instead of 20, recall@200 of exact scoring on 5,062 development titles rises from 0.77 to 0.94
 * within 3,000 rows; with all 60,000 rows it is 0.96.
 */
export const QUERY_BUDGET: QueryBudget = { maxTerms: 40, maxDocuments: 60_000 }

/** A tsvector holds many more, but a row of the index should stay within a page or two. */
const MAX_INDEX_TERMS = 1000

/**
 * The terms under which a listing is found: IPC places from the subclass down, characters and character
 * pairs of the title, words of title and body. Prefixes keep the word 电池 and the pair 电池 apart.
 */
export function indexTerms(facts: Facts, cutter: Cutter): string[] {
  const words = cutter.words(facts.body).map((word) => `w:${word}`)
  return [...new Set([...titleTerms(facts, cutter), ...words])].slice(0, MAX_INDEX_TERMS)
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
 * listings of the other side; a term that none of them has finds nothing and is left out.
 */
export function chooseQueryTerms(
  terms: QueryTerms,
  frequencyOf: (term: string) => number | undefined,
  { maxTerms, maxDocuments }: QueryBudget = QUERY_BUDGET,
): string[] {
  let left = maxDocuments
  const chosen = new Set<string>()
  for (const tier of [terms.title, terms.body]) {
    for (const { term, frequency } of rarestFirst(tier, frequencyOf)) {
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

function rarestFirst(terms: readonly string[], frequencyOf: (term: string) => number | undefined) {
  return terms
    .map((term) => ({ term, frequency: frequencyOf(term) ?? 0 }))
    .filter(({ frequency }) => frequency > 0)
    .sort((a, b) => a.frequency - b.frequency || (a.term < b.term ? -1 : 1))
}
