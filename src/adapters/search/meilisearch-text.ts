import { foldText } from '../../text/fold.ts'
import type { SynonymGroups } from '../../text/synonyms.ts'
import { type QueryText, readQueryText, withVariants } from './postgres-query-text.ts'
import { codesIn } from './postgres-words.ts'

/** What a person typed, taken apart for Meilisearch. Read by the same rules as for PostgreSQL. */
export type MeilisearchText = {
  /** Nothing to look for, only things to leave out or nothing at all. */
  isEmpty: boolean
  /** There was a text, and nothing in it means anything. */
  isMeaningless: boolean
  words: string[]
  /** The same with synonyms in place of words. */
  variants: string[][]
  /** Patent numbers and ids, which are filters: they are found whole or not at all. */
  codes: string[]
  /** Exclusions and phrases in Meilisearch's notation. */
  operators: string[]
  /** The folded query without operators. */
  literal: string
  /** What is marked in a hit. */
  terms: string[]
}

/** Meilisearch reads ten words of a query. */
const MOST_WORDS = 10
/** Every variant is a search of its own. */
const MOST_VARIANTS = 5

export function readMeilisearchText(q: string | undefined, synonyms: SynonymGroups | undefined): MeilisearchText {
  const text = withVariants(readQueryText(q ?? ''), { corrected: undefined, synonyms })
  const { required, phrases, excluded, excludedPhrases, codes } = text
  const wordsOf = (lexemes: readonly string[]) => lexemes.filter((word) => !codes.includes(word)).slice(0, MOST_WORDS)
  // Always in quotes: of -镁合金 the server would exclude the first word of its own cut only. Exclusions come first,
  // because nothing is read after the tenth word.
  const refused = [...excluded.map((lexemes) => lexemes.join(' ')), ...excludedPhrases]
  const isEmpty = required.length === 0 && phrases.length === 0
  return {
    isEmpty,
    isMeaningless: isEmpty && refused.length === 0 && foldText(q ?? '') !== '',
    words: wordsOf(required),
    variants: text.variants.slice(0, MOST_VARIANTS).map((variant) => wordsOf(variant.required)),
    codes,
    operators: [...refused.map((each) => `-${quoted(each)}`), ...phrases.map(quoted)],
    literal: text.literal,
    terms: termsOf(text),
  }
}

/** The query for some of the words; a word cannot begin with an operator. */
export function toQuery({ operators }: MeilisearchText, words: readonly string[]): string {
  return [...operators, ...words.map((word) => word.replace(/["\s]+/g, ' ').replace(/^-+/, ''))].join(' ').trim()
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', ' ')}"`
}

function termsOf({ wanted, phrases, variants, literal }: QueryText): string[] {
  const written = codesIn(literal).map((code) => code.written)
  return [...wanted, ...phrases, ...written, ...variants.flatMap((variant) => variant.wanted)]
}
