import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import { uuidToId } from '../../kernel/ids.ts'
import type { SearchHit, SearchKind, SearchQuery, SearchResult } from '../../ports/search-engine.ts'
import { candidatesOf, phraseConditions, type TextSearch } from './postgres-candidates.ts'
import { allTrue, filterConditions } from './postgres-filters.ts'
import { readStatistics } from './postgres-frequencies.ts'
import { highlight } from './postgres-highlight.ts'
import { readPosition, type SearchPosition, type Stage, writePosition } from './postgres-keyset.ts'
import { type QueryText, readQueryText } from './postgres-query-text.ts'
import { browseStatement, type FoundPage, type FoundRow, SCORE_UNIT, textStatement } from './postgres-statement.ts'
import { allOf } from './postgres-tsquery.ts'
import { codesIn } from './postgres-words.ts'

type Found = { stage: Stage; page: FoundPage; where: SQL; cap: number }

/** Counted exactly up to here. */
const BROWSE_CAP = 5_000
/** Two of three letters right; the default of 0.6 forgives a slip in long names only. */
const SIMILARITY_THRESHOLD = '0.4'

/** Finds documents by text and filters. Any text has an answer; one without a word or character has no hits. */
export async function searchDocuments(db: Db, query: SearchQuery): Promise<SearchResult> {
  const text = readQueryText(query.q ?? '')
  const filters = allTrue(filterConditions(query))
  const position = readPosition(query.after)
  const found = await find(db, query, { text, filters, position })
  if (found === undefined) return emptyResult
  const { stage, page, where, cap } = found
  const rows = page.rows.slice(0, query.limit)
  const last = page.rows.length > query.limit ? rows.at(-1) : undefined
  return {
    ...{ engine: 'postgres', degraded: false, facets: page.facets },
    hits: rows.map((row) => toHit(row, text, stage !== 'browse' && query.sort === 'relevance')),
    estimatedTotal: page.total < cap ? page.total : Math.max(page.total, await estimateCount(db, where)),
    ...(last && { next: writePosition({ stage, key: last.key, listingId: last.listingId, asOf: page.asOf }) }),
  }
}

const emptyResult: SearchResult = {
  ...{ hits: [], facets: {}, estimatedTotal: 0 },
  ...{ engine: 'postgres', degraded: false },
}

type Asked = { text: QueryText; filters: SQL; position: SearchPosition | undefined }

async function find(db: Db, query: SearchQuery, { text, filters, position }: Asked): Promise<Found | undefined> {
  if (text.required.length === 0) {
    const hasExclusions = text.excluded.length > 0 || text.excludedPhrases.length > 0
    if (query.q?.trim() && !hasExclusions) return undefined
    return browse(db, query, text, { filters, position })
  }
  return withTx(db, async (tx) => {
    await steerPlanner(tx)
    const search = { text, filters, statistics: await readStatistics(tx, text.wanted) }
    if (position !== undefined) return findByText(tx, query, search, { stage: position.stage, position })
    for (const stage of ['all', 'any', 'similar'] as const) {
      const found = await findByText(tx, query, search, { stage, position })
      if (found !== undefined && found.page.total > 0) return found
    }
    return undefined
  })
}

/**
 * The planner does not count the price of fetching long tsvectors: for a word in 18 % of the documents it read the whole
 * table, 380 ms instead of 30. For this transaction only.
 */
async function steerPlanner(tx: Tx): Promise<void> {
  await tx.execute(sql`
    select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
      set_config('pg_trgm.word_similarity_threshold', ${SIMILARITY_THRESHOLD}, true)`)
}

async function browse(
  db: Db,
  query: SearchQuery,
  text: QueryText,
  { filters, position }: Pick<Asked, 'filters' | 'position'>,
): Promise<Found> {
  const exclusions = text.excluded.length === 0 ? sql`` : sql`and tsv @@ ${allOf([], text.excluded)}::tsquery`
  const where = sql`${filters} ${exclusions} ${phraseConditions(text)}`
  const page = await readPage(db, browseStatement(query, where, BROWSE_CAP, position))
  return { stage: 'browse', page, where, cap: BROWSE_CAP }
}

async function findByText(
  db: Db,
  query: SearchQuery,
  search: TextSearch,
  { stage, position }: { stage: Stage; position: SearchPosition | undefined },
): Promise<Found | undefined> {
  const candidates = candidatesOf(stage, search)
  if (candidates === undefined) return undefined
  const page = await readPage(db, textStatement(query, candidates, position))
  return { stage, page, where: candidates.where, cap: candidates.cap }
}

async function readPage(db: Db, statement: SQL): Promise<FoundPage> {
  const { rows } = await db.execute<FoundPage>(statement)
  return rows[0] ?? { rows: [], total: 0, asOf: '0', facets: {} }
}

/** The planner's guess, which costs no reading. */
async function estimateCount(db: Db, where: SQL): Promise<number> {
  const { rows } = await db.execute<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    sql`explain (format json) select from search_documents where ${where}`,
  )
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0
}

const entityOfKind = {
  supply: 'supply',
  demand: 'demand',
  finance_product: 'financeProduct',
} as const satisfies Record<SearchKind, string>

function toHit(row: FoundRow, text: QueryText, isScored: boolean): SearchHit {
  const terms = [...text.wanted, ...text.phrases, ...codesIn(text.literal).map(({ written }) => written)]
  return {
    listingId: uuidToId(entityOfKind[row.kind], row.listingId),
    kind: row.kind,
    score: isScored ? -Number(row.key) / SCORE_UNIT : 0,
    highlights: { title: highlight(row.title, terms), summary: highlight(row.summary, terms) },
  }
}
