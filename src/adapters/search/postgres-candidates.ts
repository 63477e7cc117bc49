import { type SQL, sql } from 'drizzle-orm'
import type { IndexStatistics } from './postgres-frequencies.ts'
import type { Stage } from './postgres-keyset.ts'
import type { QueryText } from './postgres-query-text.ts'
import type { Candidates } from './postgres-statement.ts'
import { allOf, anyOf, expectedShare, rarestWords } from './postgres-tsquery.ts'

/** Documents that are ranked at most; deeper nobody pages, and ranking 5,000 takes some 10 ms. */
const MOST_CANDIDATES = 5_000
/** The same for words so frequent that nearly any document has them: the newest ones. */
const MOST_FREQUENT_CANDIDATES = 2_000
const MOST_SIMILAR = 200

/** Weights of D, C, B, A: body, summary, keywords and organisation, title. */
const WEIGHTS = '{0.1,0.2,0.5,1}'
/** A word in the body alone, all words in the best places, and the query as it stands in the title. */
const BODY_SHARE = 0.1
const WORDS_SHARE = 0.6
const LITERAL_SHARE = 0.3

export type TextSearch = { text: QueryText; statistics: IndexStatistics; filters: SQL }

/** How a stage finds documents; undefined when it cannot find any. */
export function candidatesOf(stage: Stage, search: TextSearch): Candidates | undefined {
  const { text, statistics } = search
  if (stage === 'similar') return similarNames(search)
  if (stage === 'all') return byWords(search, allOf(text.required, text.excluded), shareOfAll(search))
  const words = rarestWords(text, statistics.frequencies, statistics.documentCount)
  return text.required.length < 2 ? undefined : { ...byWords(search, anyOf(words, text.excluded), 0), stage: 'any' }
}

function shareOfAll({ text, statistics }: TextSearch): number {
  return expectedShare(text.required, statistics.frequencies)
}

function byWords({ text, statistics, filters }: TextSearch, tsquery: string, share: number): Candidates {
  const isFrequent = isCheaperFromNewest(share, statistics.documentCount)
  const literal = sql`case when strpos(folded_names, ${text.literal}) > 0 then ${LITERAL_SHARE}::float8 else 0 end`
  return {
    stage: 'all',
    // Filters first: they are cheaper than reading a long tsvector.
    where: sql`${filters} and tsv @@ ${tsquery}::tsquery ${phraseConditions(text)}`,
    // The sum hides the index of newest_key, which PostgreSQL would otherwise walk for rare words, too.
    orderBy: isFrequent ? sql`newest_key, listing_id` : sql`newest_key + 0`,
    cap: isFrequent ? MOST_FREQUENT_CANDIDATES : MOST_CANDIDATES,
    relevance: sql`${BODY_SHARE}::float8 + ${literal}
      + ${WORDS_SHARE}::float8 * ts_rank(${WEIGHTS}::real[], rank_tsv, ${anyOf(text.wanted)}::tsquery)`,
  }
}

/**
 * Whether to walk from the newest document until enough are found, instead of collecting all matches from the GIN index.
 * Measured at 100,000 documents: 1.2 µs a match in the GIN index, 4 µs a document walked.
 */
function isCheaperFromNewest(share: number, documentCount: number): boolean {
  return share * documentCount * 1.2 > (MOST_FREQUENT_CANDIDATES / Math.max(share, 1e-9)) * 4
}

function similarNames({ text, filters }: TextSearch): Candidates | undefined {
  if (text.literal.length < 3 || text.literal.length > 64) return undefined
  const similarity = sql`word_similarity(${text.literal}, folded_names)`
  const exclusions = text.excluded.length === 0 ? sql`` : sql`and tsv @@ ${allOf([], text.excluded)}::tsquery`
  return {
    stage: 'similar',
    where: sql`${filters} and ${text.literal} <% folded_names ${exclusions} ${phraseConditions(text)}`,
    orderBy: sql`${similarity} desc, newest_key`,
    cap: MOST_SIMILAR,
    relevance: sql`${BODY_SHARE}::float8 * ${similarity}`,
  }
}

/** Quoted phrases, read in the whole text only of documents that have their words. */
export function phraseConditions({ phrases, excludedPhrases }: QueryText): SQL {
  const wanted = phrases.map((phrase) => sql`and strpos(folded_text, ${phrase}) > 0`)
  const refused = excludedPhrases.map((phrase) => sql`and strpos(folded_text, ${phrase}) = 0`)
  return sql.join([...wanted, ...refused], sql` `)
}
