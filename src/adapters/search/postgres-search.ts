import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import type { SearchQuery, SearchResult } from '../../ports/search-engine.ts'
import {
  byAllWords,
  byAnyWord,
  byPublicWords,
  bySimilarNames,
  type Candidates,
  canBeSimilar,
  exclusions,
  phraseConditions,
  type Wanted,
} from './postgres-candidates.ts'
import { correctWords, WORD_SIMILARITY } from './postgres-corrections.ts'
import { estimateCount, isGuessUnsure, sampleCounts } from './postgres-counts.ts'
import { allTrue, filterConditions } from './postgres-filters.ts'
import { toHit } from './postgres-hit.ts'
import { readPosition, type SearchPosition, type Stage, writePosition } from './postgres-keyset.ts'
import { type QueryText, readQueryText, withVariants } from './postgres-query-text.ts'
import { rarestWords } from './postgres-rare-words.ts'
import { browseStatement, type FoundPage, textStatement } from './postgres-statement.ts'
import { cheapestOf, isEnough, type Way } from './postgres-ways.ts'

/** `expected` is what the planner or a sample expects, for totals beyond the cap. */
type Found = { stage: Stage; page: FoundPage; text: QueryText; cap: number; expected: number }
type Asked = Wanted & { position: SearchPosition | undefined }

/** Counted exactly up to here; with facets deeper, because they are counts themselves. */
const BROWSE_CAP = 1_000
const BROWSE_FACET_CAP = 5_000
/** The default of 0.6 forgives a slip in long names only. */
const SIMILARITY_THRESHOLD = '0.4'

/** Finds documents by text and filters. Any text has an answer; one without a word or character has no hits. */
export async function searchDocuments(db: Db, query: SearchQuery): Promise<SearchResult> {
  const text = readQueryText(query.q ?? '')
  const filters = allTrue(filterConditions(query))
  const position = readPosition(query.after)
  const found = await find(db, query, { text, filters, scope: query.scope, position })
  return found === undefined ? emptyResult : toResult(query, found)
}

const emptyResult: SearchResult = {
  ...{ hits: [], facets: {}, hasApproximateFacets: false, estimatedTotal: 0 },
  ...{ engine: 'postgres', degraded: false },
}

function toResult(query: SearchQuery, { stage, page, text, cap, expected }: Found): SearchResult {
  const rows = page.rows.slice(0, query.limit)
  const last = page.rows.length > query.limit ? rows.at(-1) : undefined
  const isCapped = page.total >= cap
  return {
    ...{ engine: 'postgres', degraded: false, facets: page.facets },
    hits: rows.map((row) => toHit(row, text, stage !== 'browse' && query.sort === 'relevance')),
    hasApproximateFacets: isCapped && query.facets.length > 0,
    estimatedTotal: isCapped ? Math.max(page.total, expected) : page.total,
    ...(last && { next: writePosition({ stage, key: last.key, listingId: last.listingId, asOf: page.asOf }) }),
  }
}

async function find(db: Db, query: SearchQuery, asked: Asked): Promise<Found | undefined> {
  const { text, position } = asked
  if (text.required.length === 0) {
    const hasExclusions = text.excluded.length > 0 || text.excludedPhrases.length > 0
    return query.q?.trim() && !hasExclusions ? undefined : browse(db, query, asked)
  }
  return withTx(db, async (tx) => {
    const documentCount = await steerPlanner(tx)
    const corrected = await correctWords(tx, text.words)
    const meant = { ...asked, text: withVariants(text, { corrected, synonyms: query.synonyms }) }
    const stages = position === undefined ? (['all', 'any', 'similar'] as const) : [position.stage]
    for (const stage of stages) {
      const found = await findByText(tx, query, meant, { stage, documentCount })
      if (found !== undefined && (position !== undefined || found.page.total > 0)) return found
    }
    return undefined
  })
}

async function browse(db: Db, query: SearchQuery, { text, scope, filters, position }: Asked): Promise<Found> {
  const where = sql`${filters} and ${exclusions(text, scope)} and ${phraseConditions(text, scope)}`
  const cap = query.facets.length > 0 ? BROWSE_FACET_CAP : BROWSE_CAP
  const page = await readPage(db, browseStatement(query, where, cap, position))
  const expected = page.total < cap ? 0 : await estimateCount(db, where)
  return { stage: 'browse', page, text, cap, expected }
}

/**
 * The planner does not count the price of fetching long tsvectors: for a word in 18 % of the documents it read the whole
 * table, 380 ms instead of 30. For this transaction only. Returns how many documents it believes the index to have.
 */
async function steerPlanner(tx: Tx): Promise<number> {
  const { rows } = await tx.execute<{ documents: number }>(sql`
    select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
      set_config('pg_trgm.word_similarity_threshold', ${SIMILARITY_THRESHOLD}, true),
      set_config('pg_trgm.similarity_threshold', ${WORD_SIMILARITY}, true),
      (select greatest(reltuples, 0)::float8 from pg_class where oid = 'search_documents'::regclass) as documents`)
  return rows[0]?.documents ?? 0
}

type Attempt = { stage: Stage; documentCount: number }

async function findByText(tx: Tx, query: SearchQuery, asked: Asked, attempt: Attempt): Promise<Found | undefined> {
  const candidates = await candidatesOf(tx, asked, attempt)
  if (candidates === undefined) return undefined
  const guess = await estimateCount(tx, candidates.where)
  const { chosen, expected } = await cheapest(tx, asked, { candidates, expected: guess, ...attempt })
  const page = await readPage(tx, textStatement(query, chosen, asked.position))
  return { stage: attempt.stage, page, text: asked.text, cap: chosen.cap, expected }
}

type Choice = Attempt & { candidates: Candidates; expected: number }

/**
 * The way to the best of many documents: a member's words are looked for in the public texts alone when enough have them
 * there, because those vectors stand in the row (2 µs instead of 10), and frequent words from the newest document on.
 */
async function cheapest(tx: Tx, asked: Asked, choice: Choice): Promise<{ chosen: Candidates; expected: number }> {
  const { candidates, stage, expected, documentCount } = choice
  if (stage !== 'all') return { chosen: candidates, expected }
  const { text, scope } = asked
  const hasExclusions = text.excluded.length > 0
  const byPublic = byPublicWords(asked)
  const counts = await countBoth(tx, text, { ...choice, byPublic })
  const ways: Way[] = [{ candidates, matches: counts.all, vectors: scope, hasExclusions }]
  if (byPublic && isEnough(counts.inPublic)) {
    ways.push({ candidates: byPublic, matches: counts.inPublic, vectors: 'teaser', hasExclusions })
  }
  return { chosen: cheapestOf(ways, documentCount) ?? candidates, expected: Math.round(counts.all) }
}

/** What is matched in all texts of the scope, and in the public ones. */
async function countBoth(
  tx: Tx,
  text: QueryText,
  { candidates, byPublic, expected, documentCount }: Choice & { byPublic: Candidates | undefined },
): Promise<{ all: number; inPublic: number }> {
  if (await isGuessUnsure(tx, text, documentCount)) {
    const [all = expected, inPublic = 0] = await sampleCounts(
      tx,
      [candidates, ...(byPublic ? [byPublic] : [])].map(({ where }) => where),
      documentCount,
    )
    return { all, inPublic }
  }
  const inPublic = byPublic && isEnough(expected) ? await estimateCount(tx, byPublic.where) : 0
  return { all: Math.max(expected, inPublic), inPublic }
}

/** How a stage finds documents; undefined when it could not find more than the stage before. */
async function candidatesOf(
  tx: Tx,
  wanted: Wanted,
  { stage, documentCount }: Attempt,
): Promise<Candidates | undefined> {
  const { text } = wanted
  if (stage === 'similar') return canBeSimilar(text) ? bySimilarNames(wanted) : undefined
  if (stage === 'all') return byAllWords(wanted)
  if (text.required.length < 2) return undefined
  const lexemes = [...new Set([...text.wanted, ...text.variants.flatMap((variant) => variant.wanted)])]
  return byAnyWord(wanted, await rarestWords(tx, lexemes, documentCount), documentCount)
}

async function readPage(db: Db, statement: SQL): Promise<FoundPage> {
  const { rows } = await db.execute<FoundPage>(statement)
  return rows[0] ?? { rows: [], total: 0, asOf: '0', facets: {} }
}
