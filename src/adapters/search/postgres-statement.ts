import { type SQL, sql } from 'drizzle-orm'
import type { SearchKind, SearchQuery } from '../../ports/search-engine.ts'
import type { Candidates } from './postgres-candidates.ts'
import { facetColumns, facetCounts } from './postgres-facets.ts'
import type { SearchPosition } from './postgres-keyset.ts'

export type FoundRow = { listingId: string; kind: SearchKind; key: string; title: string; summary: string }
export type FoundPage = {
  rows: FoundRow[]
  total: number
  asOf: string
  facets: Record<string, Record<string, number>>
}

/** Yellow listings rank lower (DESIGN §6); a listing of last year still has three quarters of its score. */
const YELLOW_FACTOR = 0.8
const OLD_FACTOR = 0.75
const FRESH_DAYS = 180

/** Whole numbers compare exactly, which floating point numbers that went through a cursor do not; minutes of age still count. */
export const SCORE_UNIT = 1_000_000_000

/**
 * One statement for the page, the total and the facets of a search by text: candidates are found, ranked, cut. Only the
 * capped candidates are ranked; their places (ctid) are collected first, because sorting whole rows left memory.
 */
export function textStatement(query: SearchQuery, candidates: Candidates, after: SearchPosition | undefined): SQL {
  const { where, orderBy, cap, phrases, relevance } = candidates
  const asOf = sql`coalesce(${after?.asOf ?? null}::bigint, (extract(epoch from current_date) * 1000)::bigint)`
  return sql`
    with matched as materialized (
      select ctid as place from search_documents where ${where} order by ${orderBy} limit ${cap}
    ), hits as materialized (
      select listing_id, kind, ${facetColumns}, ${keyOf(query, relevance, asOf)} as key
      from matched join search_documents on search_documents.ctid = matched.place
      where ${phrases}
    ), page as (
      select listing_id, key from hits
      where ${isAfter(sql`key`, after)} order by key, listing_id limit ${query.limit + 1}
    )
    ${answer(query, asOf)}`
}

/** The same without text: the page is read from the index of the sort, at any depth; counts and facets are capped. */
export function browseStatement(query: SearchQuery, where: SQL, cap: number, after: SearchPosition | undefined): SQL {
  const key = sortKeys[query.sort]
  return sql`
    with hits as materialized (
      select listing_id, kind, ${facetColumns} from search_documents where ${where} order by ${key} limit ${cap}
    ), page as (
      select listing_id, ${key} as key from search_documents
      where ${where} and ${isAfter(key, after)} order by ${key}, listing_id limit ${query.limit + 1}
    )
    ${answer(query, sql`0`)}`
}

function answer(query: SearchQuery, asOf: SQL): SQL {
  return sql`
    select (select count(*)::int from hits) as total, (${asOf})::text as "asOf", ${facetCounts(query.facets)} as facets,
      (select coalesce(jsonb_agg(jsonb_build_object('listingId', listing_id, 'kind', kind, 'key', page.key::text,
         'title', title, 'summary', summary) order by page.key, listing_id), '[]'::jsonb)
       from page join search_documents using (listing_id)) as rows`
}

const sortKeys: Record<SearchQuery['sort'], SQL> = {
  relevance: sql`newest_key`,
  newest: sql`newest_key`,
  price: sql`price_key`,
  deadline: sql`deadline_key`,
}

function keyOf(query: SearchQuery, relevance: SQL, asOf: SQL): SQL {
  if (query.sort !== 'relevance') return sortKeys[query.sort]
  const trust = sql`case trust_code when 'yellow' then ${YELLOW_FACTOR}::float8 else 1 end`
  const ageDays = sql`greatest(0, (${asOf} + newest_key) / 86400000.0::float8)`
  const freshness = sql`${OLD_FACTOR}::float8 + ${1 - OLD_FACTOR}::float8 * exp(-least(${ageDays} / ${FRESH_DAYS}::float8, 100))`
  return sql`-round((${relevance}) * (${trust}) * (${freshness}) * ${SCORE_UNIT})::bigint`
}

function isAfter(key: SQL, after: SearchPosition | undefined): SQL {
  return after === undefined ? sql`true` : sql`(${key}, listing_id) > (${after.key}::bigint, ${after.listingId}::uuid)`
}
