import { industryPath } from './classification/industry-path.ts'
import { ipcPath } from './classification/ipc-path.ts'
import type { Facts } from './types.ts'

/** Cuts a text into words; given from outside, because the dictionary is no part of the domain. */
export type Cutter = (text: string) => string[]

export type QueryBudget = {
  /** Of terms whose frequency is known. */
  maxTerms: number
  /** Of terms that nobody has counted yet. They find only what is newer than the count, so they cost next to nothing. */
  maxNewTerms: number
  /** How many index rows the terms may touch together. */
  maxDocuments: number
}

/**
 * Terms are the smaller source beside the title index, for what that does not know: IPC places, and texts that only name
 * what the title is about. A third of 10,000 rows takes a third of their time, and more rows hardly found more.
 */
export const QUERY_BUDGET: QueryBudget = { maxTerms: 40, maxNewTerms: 40, maxDocuments: 3_000 }

/** A common field alone is worth a look only in a small market; the title index knows the fields of every listing. */
export const NEIGHBOUR_BUDGET: QueryBudget = { maxTerms: 12, maxNewTerms: 12, maxDocuments: 2_000 }

/** A tsvector holds many more, but a row of the index should stay within a page or two. */
const MAX_INDEX_TERMS = 1000

/**
 * The terms under which a listing is found: IPC places from the subclass down, words of the title, places in the
 * classification, words of the body. Characters and their pairs have no place here: the title index knows those of every
 * title. Prefixes keep words and places apart.
 */
export function indexTerms(facts: Facts, cut: Cutter): string[] {
  const words = cut(facts.body).map((word) => `w:${word}`)
  return [...new Set([...queryTerms(facts, cut), ...neighbourTerms(facts), ...words])].slice(0, MAX_INDEX_TERMS)
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

/** What a listing looks for: its IPC places and the words of its title. Rare words of a body are accidents of wording. */
export function queryTerms({ title, ipc }: Facts, cut: Cutter): string[] {
  const places = ipc.flatMap((symbol) => ipcPath(symbol).slice(2)).map((place) => `i:${place}`)
  return [...new Set([...places, ...cut(title).map((word) => `w:${word}`)])]
}

/**
 * The rarest terms, as long as their document frequencies together stay within the budget. `frequencyOf` counts listings
 * of the other side. It does not know a term that no counted listing has; such a term may stand in listings newer than
 * the count, so it is asked for too, but takes no place from a known one.
 */
export function chooseQueryTerms(
  terms: readonly string[],
  frequencyOf: (term: string) => number | undefined,
  { maxTerms, maxNewTerms, maxDocuments }: QueryBudget = QUERY_BUDGET,
): string[] {
  const rated = ratedTerms([...new Set(terms)], frequencyOf)
  const chosen: string[] = []
  let left = maxDocuments
  for (const { term, frequency } of rated) {
    if (frequency === undefined) continue
    if (frequency > left || chosen.length >= maxTerms) break
    chosen.push(term)
    left -= frequency
  }
  const unknown = rated.filter(({ frequency }) => frequency === undefined).map(({ term }) => term)
  return [...chosen, ...unknown.slice(0, maxNewTerms)]
}

type RatedTerm = { term: string; frequency: number | undefined }

/** Rarest first, ties by code unit. A term that no listing has by count (0) is left out: the count would know it. */
function ratedTerms(terms: readonly string[], frequencyOf: (term: string) => number | undefined): RatedTerm[] {
  return terms
    .map((term) => ({ term, frequency: frequencyOf(term) }))
    .filter(({ frequency }) => frequency === undefined || frequency > 0)
    .sort((a, b) => (a.frequency ?? 0) - (b.frequency ?? 0) || (a.term < b.term ? -1 : 1))
}
