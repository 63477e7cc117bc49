import { type SQL, sql } from 'drizzle-orm'
import type { SearchQuery } from '../../ports/search-engine.ts'
import type { QueryText } from './postgres-query-text.ts'
import { anyOf } from './postgres-tsquery.ts'

/** Weights of D, C, B, A: single characters, summary, keywords and organisation, title. */
const WEIGHTS = '{0.1,0.2,0.5,1}'
/** A word in the body alone, all words in the best places, and the query as it stands in the title. */
const BODY_SHARE = 0.1
const WORDS_SHARE = 0.6
const LITERAL_SHARE = 0.3
/** A synonym in the title counts less than the word itself there, and more than the word in the summary alone. */
const VARIANT_FACTOR = 0.7
/** Of some words, having the rare ones counts more than the places where they stand. */
const COVERAGE_SHARE = 0.6
/** Each costs 0.4 µs a candidate. */
const MOST_COVERED = 6

/** Yellow listings rank lower (DESIGN §6); a listing of last year still has three quarters of its score. */
const YELLOW_FACTOR = 0.8
const OLD_FACTOR = 0.75
const FRESH_DAYS = 180
/** What is found by its number or owner stands before everything else, whatever its age. */
const EXACT_SHARE = 0.9

/** Whole numbers compare exactly, which floating point numbers that went through a cursor do not; minutes of age still count. */
export const SCORE_UNIT = 1_000_000_000

/** How well a document fits the words, from 0 to 1. `rareWords` are those of a search for some of the words. */
export function relevanceOf(text: QueryText, rareWords: readonly { word: string; idf: number }[]): SQL {
  const literal = sql`case when strpos(folded_names, ${text.literal}) > 0 then ${LITERAL_SHARE}::float8 else 0 end`
  const places = placesOf(text)
  const words =
    rareWords.length === 0
      ? places
      : sql`(${1 - COVERAGE_SHARE}::float8 * ${places} + ${COVERAGE_SHARE}::float8 * ${coverageOf(rareWords)})`
  return sql`${BODY_SHARE}::float8 + ${literal} + ${WORDS_SHARE}::float8 * ${words}`
}

export function similarRelevance({ literal }: QueryText): SQL {
  return sql`${BODY_SHARE}::float8 * word_similarity(${literal}, folded_names)`
}

/** Sort key of a document, smaller first: relevance, trust and freshness as of a moment that all pages share; reads `is_exact`. */
export function relevanceKey(relevance: SQL, asOf: SQL): SQL {
  const trust = sql`case trust_code when 'yellow' then ${YELLOW_FACTOR}::float8 else 1 end`
  const ageDays = sql`greatest(0, (${asOf} + newest_key) / 86400000.0::float8)`
  const freshness = sql`${OLD_FACTOR}::float8 + ${1 - OLD_FACTOR}::float8 * exp(-least(${ageDays} / ${FRESH_DAYS}::float8, 100))`
  const score = sql`(${relevance}) * (${trust}) * (${freshness})`
  const share = sql`case when is_exact then ${1 - EXACT_SHARE}::float8 else ${EXACT_SHARE}::float8 end`
  const ahead = sql`case when is_exact then ${EXACT_SHARE}::float8 else 0 end`
  return sql`-round((${ahead} + ${share} * ${score}) * ${SCORE_UNIT})::bigint`
}

export const sortKeys: Record<SearchQuery['sort'], SQL> = {
  relevance: sql`newest_key`,
  newest: sql`newest_key`,
  price: sql`price_key`,
  deadline: sql`deadline_key`,
}

/** A rank of its own for the variants: one over all words would grow smaller with every synonym. */
function placesOf({ wanted, variants }: QueryText): SQL {
  const others = [...new Set(variants.flatMap((variant) => variant.wanted))]
  if (others.length === 0) return rankOf(wanted)
  return sql`greatest(${rankOf(wanted)}, ${VARIANT_FACTOR}::float8 * ${rankOf(others)})`
}

function rankOf(lexemes: readonly string[]): SQL {
  return sql`ts_rank(${WEIGHTS}::real[], rank_tsv, ${anyOf(lexemes)}::tsquery)`
}

/** The share of the query's rarity that a document's public texts have. */
function coverageOf(rareWords: readonly { word: string; idf: number }[]): SQL {
  const covered = rareWords.slice(0, MOST_COVERED)
  const total = covered.reduce((sum, { idf }) => sum + idf, 0)
  const shares = covered.map(
    ({ word, idf }) => sql`case when rank_tsv @@ ${anyOf([word])}::tsquery then ${idf / total}::float8 else 0 end`,
  )
  return sql`(${sql.join(shares, sql` + `)})`
}
