import { type SQL, sql } from 'drizzle-orm'
import type { SearchScope } from '../../ports/search-engine.ts'
import { foldText } from '../../text/fold.ts'
import { tokenizeQuery } from '../../text/tokenize.ts'
import { wholeLexeme } from './postgres-lexemes.ts'
import type { QueryText } from './postgres-query-text.ts'
import type { CountedWord } from './postgres-rare-words.ts'
import { relevanceOf, similarRelevance } from './postgres-relevance.ts'
import { allOf, allOfOne, anyOf } from './postgres-tsquery.ts'
import { codesIn } from './postgres-words.ts'

/** The documents that hits, total and facets are taken from, and how to rank them. */
export type Candidates = {
  /** Conditions of words and filters, for the indexes. */
  where: SQL
  /** Documents of that organisation or with that number: candidates however many there are, and before all others. */
  exact: SQL | undefined
  /** Which documents are looked at when there are more than `cap`. */
  orderBy: SQL
  cap: number
  /** Conditions on long texts, read only of the candidates. */
  phrases: SQL
  /** From 0 to 1, without trust and freshness. */
  relevance: SQL
}

/** What a stage looks for: the query, where, and under which filters. */
export type Wanted = { text: QueryText; scope: SearchScope; filters: SQL }

/** Documents that are ranked at most, the newest first: ranking 1,200 takes 8 ms, with many synonyms 20, and nobody pages deeper. */
export const MOST_CANDIDATES = 1_200
/** The same for words that many documents have: 35 pages, and each of the newest costs a walk past those without. */
export const MOST_FREQUENT_CANDIDATES = 700
const MOST_SIMILAR = 200

/** Candidates that have all words of the query or of one of its variants. */
export function byAllWords(wanted: Wanted): Candidates {
  return byWords(wanted, { tsquery: allOfOne(setsOf(wanted.text), wanted.text.excluded), rareWords: [] })
}

/** Those of them that have all words in the public texts, which rank before the others. Strangers see no others anyway. */
export function byPublicWords(wanted: Wanted): Candidates | undefined {
  if (wanted.scope === 'teaser') return undefined
  const all = byAllWords(wanted)
  const inPublic = sql`rank_tsv @@ ${allOfOne(setsOf(wanted.text))}::tsquery`
  return { ...all, where: sql`${wanted.filters} and ${inPublic} and ${exclusions(wanted.text, wanted.scope)}` }
}

/** The query and its variants: a document that has all words of one of them is a candidate. */
export function setsOf({ required, variants }: QueryText): string[][] {
  return [required, ...variants.map((variant) => variant.required)]
}

/** Candidates that have one of the words. */
export function byAnyWord(wanted: Wanted, rareWords: readonly CountedWord[], documentCount: number): Candidates {
  const lexemes = rareWords.map(({ word }) => word)
  const weighed = rareWords.map(({ word, count }) => ({ word, idf: Math.log(2 + documentCount / Math.max(count, 1)) }))
  return byWords(wanted, { tsquery: anyOf(lexemes, wanted.text.excluded), rareWords: weighed })
}

type ByWords = { tsquery: string; rareWords: readonly { word: string; idf: number }[] }

function byWords({ text, scope, filters }: Wanted, { tsquery, rareWords }: ByWords): Candidates {
  const exact = allOfOne(
    exactLexemes(text).map((lexeme) => [lexeme]),
    text.excluded,
  )
  const vector = vectorOf(scope)
  return {
    // Filters first: they are cheaper than reading a long tsvector.
    where: sql`${filters} and ${vector} @@ ${tsquery}::tsquery`,
    exact: sql`${filters} and ${vector} @@ ${exact}::tsquery`,
    // The sum hides the index of newest_key, which PostgreSQL would otherwise walk for rare words, too.
    orderBy: sql`newest_key + 0`,
    cap: MOST_CANDIDATES,
    phrases: phraseConditions(text, scope),
    relevance: relevanceOf(text, rareWords),
  }
}

/**
 * The same candidates for frequent words: walks from the newest document until enough are found. `is true` hides the
 * conditions from the GIN index, which the planner would take when it guesses too few matches.
 */
export function fromNewest(candidates: Candidates): Candidates {
  const where = sql`(${candidates.where}) is true`
  return { ...candidates, where, orderBy: sql`newest_key, listing_id`, cap: MOST_FREQUENT_CANDIDATES }
}

/** Candidates whose title or organisation looks like the query: for slips of the pen. */
export function bySimilarNames({ text, scope, filters }: Wanted): Candidates {
  return {
    where: sql`${filters} and ${text.literal} <% folded_names and ${exclusions(text, scope)}`,
    exact: undefined,
    orderBy: sql`word_similarity(${text.literal}, folded_names) desc, newest_key`,
    cap: MOST_SIMILAR,
    phrases: phraseConditions(text, scope),
    relevance: similarRelevance(text),
  }
}

/** Trigrams of shorter texts say nothing, those of long ones are dear. */
export function canBeSimilar({ literal }: QueryText): boolean {
  return literal.length >= 3 && literal.length <= 64
}

/** Written so that no index answers: a GIN index reads itself from one end to the other for what a document has not. */
export function exclusions({ excluded }: QueryText, scope: SearchScope): SQL {
  const refused = excluded.map((lexemes) => sql`not (${vectorOf(scope)} @@ ${allOf(lexemes)}::tsquery)`)
  return sql.join([sql`true`, ...refused], sql` and `)
}

export function phraseConditions({ phrases, excludedPhrases }: QueryText, scope: SearchScope): SQL {
  const text = scope === 'member' ? sql`folded_text` : sql`left(folded_text, teaser_length)`
  // Names and public words stand in the row, the texts are fetched from elsewhere: 20 µs each.
  const wanted = phrases.map(
    (phrase) => sql`(strpos(folded_names, ${phrase}) > 0 or ${isPublicWord(phrase)} or strpos(${text}, ${phrase}) > 0)`,
  )
  const refused = excludedPhrases.map((phrase) => sql`strpos(${text}, ${phrase}) = 0`)
  return sql.join([sql`true`, ...wanted, ...refused], sql` and `)
}

/** A phrase that is one word of the dictionary stands wherever the index has the word; codes are indexed without their signs. */
function isPublicWord(phrase: string): SQL {
  const isOneWord = tokenizeQuery(phrase).includes(phrase) && codesIn(phrase).length === 0
  return isOneWord ? sql`rank_tsv @@ ${allOf([phrase])}::tsquery` : sql`false`
}

function exactLexemes({ literal, codes }: QueryText): string[] {
  return [...new Set([wholeLexeme(foldText(literal.replaceAll('"', ''))), ...codes])]
}

function vectorOf(scope: SearchScope): SQL {
  return scope === 'member' ? sql`tsv` : sql`rank_tsv`
}
