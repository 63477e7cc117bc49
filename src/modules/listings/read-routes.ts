import { pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import type { Vault } from '../../ports/vault.ts'
import { historyExample } from './examples.ts'
import type { ListingKindDefinition } from './kind.ts'
import { answerListing, contractOf } from './kind-contract.ts'
import { listHistory } from './list-history.ts'
import { askedOf, type ListLens, queryOf, readThrough } from './list-lens.ts'
import { listListings } from './list-listings.ts'
import { toHistoryEntry, toListingResponse } from './present.ts'
import { historyEntryResponse, listHistoryQuery } from './schemas.ts'

/** List, read one, and its history. */
export function readRoutes(
  api: Api,
  { lens, ...deps }: { vault: Vault; lens?: ListLens | undefined },
  definition: ListingKindDefinition,
): void {
  const { url, tag, name, pluralName, label, params, response, example } = contractOf(definition)
  const lastPage = { nextCursor: null, hasMore: false }
  api.get(url, {
    operationId: `list${pluralName}`,
    summary: `List published ${tag.toLowerCase()}, newest first`,
    tag,
    permission: 'listing.read',
    query: queryOf(lens),
    response: pageSchema(response),
    example: { response: { data: [example], page: lastPage } },
    handle: async ({ db, viewer, query, pager }) => {
      const asked = askedOf(lens, query)
      if (lens && asked !== undefined) {
        const seen = await readThrough(lens, { db, viewer, query, page: pager.request(query) }, asked)
        return { body: pager.answer(seen, ({ view, added }) => ({ ...toListingResponse(definition, view), ...added })) }
      }
      const page = await listListings({ db }, viewer, { kind: definition.kind, query, page: pager.request(query) })
      return { body: pager.answer(page, (view) => toListingResponse(definition, view)) }
    },
  })
  api.get(`${url}/:id`, {
    operationId: `get${name}`,
    summary: `Read a ${label} as far as you may see it`,
    tag,
    permission: 'listing.read',
    params,
    response,
    errors: ['LISTING_MERGED'],
    example: { response: example },
    handle: ({ db, viewer, params: { id } }) => answerListing({ ...deps, db, viewer }, definition, id),
  })
  api.get(`${url}/:id/history`, {
    operationId: `list${name}History`,
    summary: `What happened to a ${label}, newest first`,
    tag,
    permission: 'listing.history',
    params,
    query: listHistoryQuery,
    response: pageSchema(historyEntryResponse),
    example: { response: { data: [historyExample], page: lastPage } },
    handle: async ({ db, actor, params: { id }, query, pager }) => {
      const page = await listHistory({ db }, actor, { id, page: pager.request(query) })
      return { body: pager.answer(page, toHistoryEntry) }
    },
  })
}
