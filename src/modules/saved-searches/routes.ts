import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { etagOf } from '../../kernel/etag.ts'
import { idSchema } from '../../kernel/ids.ts'
import { createSavedSearch } from './create-saved-search.ts'
import { deleteSavedSearch } from './delete-saved-search.ts'
import { exampleHit, exampleSavedSearch } from './examples.ts'
import { listSavedSearchHits } from './list-saved-search-hits.ts'
import { listSavedSearches } from './list-saved-searches.ts'
import { toSavedSearchHitResponse, toSavedSearchResponse } from './present.ts'
import { readSavedSearch } from './read-saved-search.ts'
import {
  createSavedSearchBody,
  listQuery,
  savedSearchesResponse,
  savedSearchHitsResponse,
  savedSearchResponse,
  updateSavedSearchBody,
} from './schemas.ts'
import { updateSavedSearch } from './update-saved-search.ts'

const shared = { tag: 'Search', permission: 'saved_search.manage' } as const
const params = z.object({ id: idSchema('savedSearch') })
const onePage = { nextCursor: null, hasMore: false }

/** What a user wants to hear of when it is published. */
export function savedSearchRoutes(api: Api, { clock }: { clock: Clock }): void {
  const { name, query, alerts } = exampleSavedSearch
  api.post('/v1/saved-searches', {
    ...shared,
    operationId: 'createSavedSearch',
    summary: 'Save a search and hear of new listings',
    description:
      'It finds what is published from now on, except listings of your own organisation. A user has 50 at most.',
    body: createSavedSearchBody,
    status: 201,
    response: savedSearchResponse,
    example: { body: { name, query, alerts }, response: exampleSavedSearch },
    handle: async ({ db, actor, body }) => {
      const search = await createSavedSearch({ db, clock }, actor, body)
      return { body: toSavedSearchResponse(search), etag: etagOf(search.version) }
    },
  })
  api.get('/v1/saved-searches', {
    ...shared,
    operationId: 'listSavedSearches',
    summary: 'List your saved searches',
    query: listQuery,
    response: savedSearchesResponse,
    example: { response: { data: [exampleSavedSearch], page: onePage } },
    handle: async ({ db, actor, query, pager }) => ({
      body: pager.answer(await listSavedSearches({ db }, actor, pager.request(query)), toSavedSearchResponse),
    }),
  })
  api.get('/v1/saved-searches/:id', {
    ...shared,
    operationId: 'readSavedSearch',
    summary: 'Read a saved search',
    params,
    response: savedSearchResponse,
    example: { response: exampleSavedSearch },
    handle: async ({ db, actor, params: { id } }) => {
      const search = await readSavedSearch({ db }, actor, id)
      return { body: toSavedSearchResponse(search), etag: etagOf(search.version) }
    },
  })
  api.patch('/v1/saved-searches/:id', {
    ...shared,
    operationId: 'updateSavedSearch',
    summary: 'Change a saved search',
    description: 'A `query` replaces the one before as a whole. What was found before stays in the list of hits.',
    ifMatch: 'required',
    params,
    body: updateSavedSearchBody,
    response: savedSearchResponse,
    example: { body: { alerts: 'daily' }, response: { ...exampleSavedSearch, version: 2 } },
    handle: async ({ db, actor, params: { id }, body, ifMatch = 0 }) => {
      const search = await updateSavedSearch({ db, clock }, actor, { id, version: ifMatch, change: body })
      return { body: toSavedSearchResponse(search), etag: etagOf(search.version) }
    },
  })
  api.delete('/v1/saved-searches/:id', {
    ...shared,
    operationId: 'deleteSavedSearch',
    summary: 'Remove a saved search and its hits',
    ifMatch: 'required',
    params,
    example: {},
    handle: async ({ db, actor, params: { id }, ifMatch = 0 }) => {
      await deleteSavedSearch({ db }, actor, { id, version: ifMatch })
      return { body: undefined }
    },
  })
  api.get('/v1/saved-searches/:id/hits', {
    ...shared,
    operationId: 'listSavedSearchHits',
    summary: 'List what a saved search has found',
    description: 'Newest first. Listings that left the market are left out.',
    params,
    query: listQuery,
    response: savedSearchHitsResponse,
    example: { response: { data: [exampleHit], page: onePage } },
    handle: async ({ db, actor, params: { id }, query, pager }) => {
      const page = await listSavedSearchHits({ db }, actor, { id, page: pager.request(query) })
      return { body: pager.answer(page, toSavedSearchHitResponse) }
    },
  })
}
