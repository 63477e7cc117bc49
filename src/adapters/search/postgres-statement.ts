import { type SQL, sql } from 'drizzle-orm'
import type { SearchKind, SearchQuery } from '../../ports/search-engine.ts'
import type { Candidates } from './postgres-candidates.ts'
import { facetColumns, facetCounts } from './postgres-facets.ts'
import type { SearchPosition } from './postgres-keyset.ts'
import { relevanceKey, sortKeys } from './postgres-relevance.ts'

export type FoundRow = { listingId: string; kind: SearchKind; key: string; title: string; summary: string }
export type FoundPage = {
  rows: FoundRow[]
  total: number
  asOf: string
  facets: Record<string, Record<string, number>>
}

/** Listings of one organisation that stand before all others. */
const MOST_EXACT = 500

/**
 * One statement for the page, the total and the facets of a search by text: candidates are found, ranked, cut. Only the
 * capped candidates are ranked; their places (ctid) are collected first, because sorting whole rows left memory.
 */
export function textStatement(query: SearchQuery, candidates: Candidates, after: SearchPosition | undefined): SQL {
  const { where, exact, orderBy, cap, phrases } = candidates
  const asOf = sql`coalesce(${after?.asOf ?? null}::bigint, (extract(epoch from current_date) * 1000)::bigint)`
  return sql`
    with matched as materialized (
      select place, bool_or(is_exact) as is_exact from (${exactPlaces(exact)}
        (select ctid as place, false as is_exact from search_documents where ${where} order by ${orderBy} limit ${cap})
      ) as places group by place
    ), hits as materialized (
      select listing_id, kind, ${facetColumns}, ${keyOf(query, candidates.relevance, asOf)} as key
      from matched join search_documents on search_documents.ctid = matched.place
      where ${phrases}
    ), page as (
      select listing_id, key from hits
      where ${isAfter(sql`key`, after)} order by key, listing_id limit ${query.limit + 1}
    )
    ${answer(query, asOf)}`
}

function exactPlaces(exact: SQL | undefined): SQL {
  if (exact === undefined) return sql``
  return sql`(select ctid as place, true as is_exact from search_documents where ${exact} limit ${MOST_EXACT}) union all`
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

function keyOf(query: SearchQuery, relevance: SQL, asOf: SQL): SQL {
  return query.sort === 'relevance' ? relevanceKey(relevance, asOf) : sortKeys[query.sort]
}

function isAfter(key: SQL, after: SearchPosition | undefined): SQL {
  return after === undefined ? sql`true` : sql`(${key}, listing_id) > (${after.key}::bigint, ${after.listingId}::uuid)`
}
