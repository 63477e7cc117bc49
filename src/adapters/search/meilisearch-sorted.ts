import { idToUuid } from '../../kernel/ids.ts'
import type { SearchQuery } from '../../ports/search-engine.ts'
import type { MeilisearchPosition } from './meilisearch-keyset.ts'
import {
  type Asked,
  askAll,
  type Found,
  facetAttributes,
  type Page,
  shown,
  toHit,
  type Wanted,
} from './meilisearch-request.ts'
import { figuresOf } from './meilisearch-union.ts'
import { isBehind } from './meilisearch-versions.ts'

const newest = { attribute: 'publishedMs', order: 'desc', sign: -1 } as const
const sorts = {
  ...{ relevance: newest, newest },
  price: { attribute: 'priceKey', order: 'asc', sign: 1 },
  deadline: { attribute: 'deadlineKey', order: 'asc', sign: 1 },
} as const satisfies Record<SearchQuery['sort'], { attribute: string; order: string; sign: number }>

/** Pages by the sort's key and the id, to any depth; what is inserted meanwhile moves nothing. */
export async function readSorted(
  asked: Asked,
  searches: readonly Wanted[],
  after: MeilisearchPosition | undefined,
): Promise<Page> {
  const { query } = asked
  const facets = facetAttributes(query.facets)
  const { attribute, order } = sorts[query.sort]
  const shape = { ...shown, limit: query.limit + 1, sort: [`${attribute}:${order}`, 'idHead:asc', 'idTail:asc'] }
  // Totals and facets are those of all pages, so later pages need a search of their own for them.
  const pages = after
    ? searches.map((wanted) => ({ ...wanted, ...shape, filter: [...wanted.filter, isAfter(query.sort, after)] }))
    : searches.map((wanted) => ({ ...wanted, ...shape, facets }))
  const wholes = after ? searches.map((wanted) => ({ ...wanted, limit: 0, facets })) : []
  const found = await askAll(asked, [...pages, ...wholes])
  const hits = merge(found.slice(0, pages.length), query.sort)
  const page = hits.slice(0, query.limit)
  const last = hits.length > query.limit ? page.at(-1) : undefined
  const ids = hits.map(({ listingId }) => listingId)
  return {
    hits: page.map((hit) => toHit(hit, asked.text, 0)),
    figures: await figuresOf(asked, after ? found.slice(pages.length) : found, ids),
    ...{ asOf: 0, last: last && { key: last[attribute], listingId: last.listingId } },
  }
}

/** The hits of all searches, each once, in the order of the sort. */
function merge(searches: readonly Found[], sort: SearchQuery['sort']): Found['hits'] {
  const { attribute, sign } = sorts[sort]
  const distinct = new Map(searches.flatMap(({ hits }) => hits).map((hit) => [hit.listingId, hit]))
  const byKey = (a: Found['hits'][number], b: Found['hits'][number]) =>
    sign * (a[attribute] - b[attribute]) || (idToUuid(a.listingId) < idToUuid(b.listingId) ? -1 : 1)
  return [...distinct.values()].sort(byKey)
}

function isAfter(sort: SearchQuery['sort'], { key, listingId }: MeilisearchPosition): string {
  const { attribute, sign } = sorts[sort]
  return `(${attribute} ${sign > 0 ? '>' : '<'} ${key} OR (${attribute} = ${key} AND ${isBehind(listingId)}))`
}
