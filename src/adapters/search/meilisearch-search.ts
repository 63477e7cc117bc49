import type { SearchQuery, SearchResult } from '../../ports/search-engine.ts'
import type { Connection } from './meilisearch-connection.ts'
import { allowsNothing } from './meilisearch-filter.ts'
import { type MeilisearchPosition, readPosition, type Stage, writePosition } from './meilisearch-keyset.ts'
import { readRanked } from './meilisearch-ranked.ts'
import { type Asked, askAll, type Page, toFacets, wantedOf } from './meilisearch-request.ts'
import { readSorted } from './meilisearch-sorted.ts'
import { readMeilisearchText } from './meilisearch-text.ts'

/** Finds documents by text and filters, in one to four requests that share one time limit. */
export async function searchDocuments(connection: Connection, query: SearchQuery): Promise<SearchResult> {
  const position = readPosition(query.after)
  const text = readMeilisearchText(query.q, query.synonyms)
  if (text.isMeaningless || allowsNothing(query)) return noHits(query)
  const asked = { connection, query, text, signal: AbortSignal.timeout(connection.timeoutMs) }
  for (const stage of position === undefined ? stagesOf(asked) : [position.stage]) {
    const page = await readPage(asked, stage, position)
    if (page !== undefined && (position !== undefined || page.hits.length > 0)) return toResult(page, stage)
  }
  return noHits(query)
}

/** From the strictest to the most forgiving; the first one with a hit answers. */
function stagesOf({ text, connection }: Asked): Stage[] {
  if (text.isEmpty) return ['browse']
  const isPlain = text.operators.length === 0 && text.codes.length === 0
  const stages: Stage[] = [connection.embedder !== undefined && isPlain ? 'hybrid' : 'all']
  if (text.codes.length > 0 && text.words.length > 0) stages.push('codes')
  if (text.words.length > 1 || stages.includes('codes')) stages.push('any')
  return stages
}

async function readPage(asked: Asked, stage: Stage, after: MeilisearchPosition | undefined): Promise<Page | undefined> {
  const { text, query } = asked
  const spellings = await spellingsOf(asked, stage)
  if (spellings.length === 0) return undefined
  const searches = spellings.map((words) => wantedOf(asked, stage, words))
  const isRanked = query.sort === 'relevance' && !text.isEmpty
  return isRanked ? readRanked(asked, searches, after) : readSorted(asked, searches, after)
}

/** The words of each search that a stage makes. */
async function spellingsOf(asked: Asked, stage: Stage): Promise<string[][]> {
  const { words, variants } = asked.text
  if (stage === 'any') {
    const known = await knownWords(asked)
    return known.length === 0 ? [] : [known]
  }
  return stage === 'codes' || stage === 'browse' ? [[]] : [words, ...variants]
}

/**
 * The words that some document has, the rarest first: the server drops words from the end, so a word that nobody used would
 * otherwise hide what the others find.
 */
async function knownWords(asked: Asked): Promise<string[]> {
  const { words } = asked.text
  const requests = words.map((word) => ({ ...wantedOf(asked, 'any', [word]), limit: 0 }))
  const counts = await askAll(asked, requests)
  return words
    .map((word, index) => ({ word, count: counts[index]?.estimatedTotalHits ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.count - b.count)
    .map(({ word }) => word)
}

function toResult({ hits, figures, last, asOf }: Page, stage: Stage): SearchResult {
  const next = last && writePosition({ stage, asOf, ...last })
  return { engine: 'meilisearch', degraded: false, hits, ...figures, ...(next && { next }) }
}

function noHits(query: SearchQuery): SearchResult {
  const nothing = { facets: toFacets(query.facets, undefined), hasApproximateFacets: false, estimatedTotal: 0 }
  return { engine: 'meilisearch', degraded: false, hits: [], ...nothing }
}
