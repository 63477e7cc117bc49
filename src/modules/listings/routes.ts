import { z } from 'zod'
import { pageSchema } from '../../http/pagination.ts'
import type { Api, Reply, RouteContext } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { etagOf } from '../../kernel/etag.ts'
import { idSchema } from '../../kernel/ids.ts'
import type { ListingDeps, ListingRef } from './change-listing.ts'
import { closeListing } from './close-listing.ts'
import { createListing } from './create-listing.ts'
import { deleteListing } from './delete-listing.ts'
import { entityOfKind, type Listing, type ListingId } from './domain/listing.ts'
import { exampleOf, historyExample } from './examples.ts'
import type { ListingKindDefinition } from './kind.ts'
import { schemasOf } from './kind-schemas.ts'
import { listHistory } from './list-history.ts'
import { listListings } from './list-listings.ts'
import { toHistoryEntry, toListingResponse } from './present.ts'
import { publishListing } from './publish-listing.ts'
import { readListing } from './read-listing.ts'
import { renewListing } from './renew-listing.ts'
import { returnListing } from './return-listing.ts'
import {
  closeListingBody,
  historyEntryResponse,
  listListingsQuery,
  renewListingBody,
  returnListingBody,
} from './schemas.ts'
import { submitListing } from './submit-listing.ts'
import { updateListing } from './update-listing.ts'
import { withdrawListing } from './withdraw-listing.ts'

type Context<B> = RouteContext<{ id: ListingId }, unknown, B>

/** CRUD, lifecycle and history of one kind; app.ts calls it for each of the three. */
export function listingRoutes(api: Api, deps: { clock: Clock }, definition: ListingKindDefinition): void {
  crudRoutes(api, deps, definition)
  lifecycleRoutes(api, deps, definition)
}

/** What all routes of a kind have in common. */
function baseOf(definition: ListingKindDefinition) {
  const { path, name, pluralName, label } = definition
  const params = z.object({ id: idSchema(entityOfKind[definition.kind]) as z.ZodType<ListingId, string> })
  return {
    url: `/v1/${path}`,
    tag: path,
    name,
    pluralName,
    label,
    params,
    ...schemasOf(definition),
    ...exampleOf(definition),
  }
}

function crudRoutes(api: Api, deps: { clock: Clock }, definition: ListingKindDefinition): void {
  const { url, tag, name, pluralName, label, params, createBody, patchBody, response, example, body } =
    baseOf(definition)
  const present = (view: Parameters<typeof toListingResponse>[1]) => toListingResponse(definition, view)
  api.get(url, {
    operationId: `list${pluralName}`,
    summary: `List published ${tag.replace('-', ' ')}, newest first`,
    tag,
    permission: 'listing.read',
    query: listListingsQuery,
    response: pageSchema(response),
    example: { response: { data: [example], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, viewer, query, pager }) => {
      const page = await listListings({ db }, viewer, { kind: definition.kind, query, page: pager.request(query) })
      return { body: pager.answer(page, present) }
    },
  })
  api.post(url, {
    operationId: `create${name}`,
    summary: `Store a ${label} as a draft`,
    tag,
    permission: 'listing.create',
    body: createBody,
    status: 201,
    response,
    errors: ['EXTERNAL_ID_TAKEN'],
    example: { body, response: example },
    handle: async ({ db, actor, body: fields }) => {
      const listing = await createListing({ ...deps, db }, actor, { definition, body: fields })
      return {
        ...(await answer({ db, viewer: actor }, definition, listing)),
        headers: { location: `${url}/${listing.id}` },
      }
    },
  })
  api.get(`${url}/:id`, {
    operationId: `get${name}`,
    summary: `Read a ${label} as far as you may see it`,
    tag,
    permission: 'listing.read',
    params,
    response,
    example: { response: example },
    handle: async ({ db, viewer, params: { id } }) => {
      const view = await readListing({ db }, viewer, id)
      return { body: present(view), etag: etagOf(view.listing.version, view.disclosure) }
    },
  })
  api.patch(`${url}/:id`, {
    operationId: `update${name}`,
    summary: `Change a ${label} by JSON merge patch`,
    tag,
    permission: 'listing.update',
    params,
    body: patchBody,
    ifMatch: 'required',
    response,
    errors: ['TRANSITION_NOT_ALLOWED', 'EXTERNAL_ID_TAKEN'],
    example: { body: { title: body.title, region: null }, response: example },
    handle: async ({ db, actor, params: { id }, body: patch, ifMatch }) =>
      answer(
        { db, viewer: actor },
        definition,
        await updateListing({ ...deps, db }, actor, { definition, id, ifMatch, patch }),
      ),
  })
  api.delete(`${url}/:id`, {
    operationId: `delete${name}`,
    summary: `Delete a draft ${label}`,
    tag,
    permission: 'listing.update',
    params,
    ifMatch: 'required',
    errors: ['TRANSITION_NOT_ALLOWED'],
    example: {},
    handle: async ({ db, actor, params: { id }, ifMatch }) => {
      await deleteListing({ ...deps, db }, actor, { definition, id, ifMatch })
      return { body: undefined }
    },
  })
  api.get(`${url}/:id/history`, {
    operationId: `list${name}History`,
    summary: `What happened to a ${label}, newest first`,
    tag,
    permission: 'listing.history',
    params,
    query: listHistoryQuery,
    response: pageSchema(historyEntryResponse),
    example: { response: { data: [historyExample], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, actor, params: { id }, query, pager }) => {
      const page = await listHistory({ db }, actor, { id, page: pager.request(query) })
      return { body: pager.answer(page, toHistoryEntry) }
    },
  })
}

const listHistoryQuery = listListingsQuery.pick({ limit: true, cursor: true })
const noBody = z.strictObject({}).optional()

type VerbRoute<S extends z.ZodType> = {
  verb: string
  summary: string
  permission: 'listing.submit' | 'listing.update' | 'listing.publish'
  body: S
  exampleBody?: z.input<S>
  run(deps: ListingDeps, context: Context<z.output<S>>, ref: ListingRef): Promise<Listing>
}

function lifecycleRoutes(api: Api, deps: { clock: Clock }, definition: ListingKindDefinition): void {
  const { url, tag, name, label, params, response, example } = baseOf(definition)
  const mount = <S extends z.ZodType>({ verb, summary, permission, body, exampleBody, run }: VerbRoute<S>) =>
    api.post(`${url}/:id/${verb}`, {
      operationId: `${verb}${name}`,
      summary,
      tag,
      permission,
      params,
      body,
      ifMatch: 'optional',
      response,
      errors: ['TRANSITION_NOT_ALLOWED', 'LISTING_INCOMPLETE'],
      example: { ...(exampleBody === undefined ? {} : { body: exampleBody }), response: example },
      handle: async (context) => {
        const ref = { definition, id: context.params.id, ifMatch: context.ifMatch }
        const listing = await run({ ...deps, db: context.db }, context as Context<z.output<S>>, ref)
        return answer({ db: context.db, viewer: context.actor }, definition, listing)
      },
    })
  mount({
    verb: 'submit',
    summary: `Hand a ${label} to the market; many markets publish a verified organisation's at once`,
    permission: 'listing.submit',
    body: noBody,
    run: (use, { actor }, ref) => submitListing(use, actor, ref),
  })
  mount({
    verb: 'publish',
    summary: `Put a submitted ${label} on the market (operator)`,
    permission: 'listing.publish',
    body: noBody,
    run: (use, { actor }, ref) => publishListing(use, actor, ref),
  })
  mount({
    verb: 'return',
    summary: `Send a ${label} back to its owner with reasons (operator)`,
    permission: 'listing.publish',
    body: returnListingBody,
    exampleBody: { reasons: ['incomplete_text'], note: '请补充技术指标。' },
    run: (use, { actor, body }, ref) => returnListing(use, actor, { ...ref, ...body }),
  })
  mount({
    verb: 'renew',
    summary: `Confirm that a published ${label} still holds`,
    permission: 'listing.update',
    body: renewListingBody,
    exampleBody: { validUntil: '2027-11-20' },
    run: (use, { actor, body }, ref) => renewListing(use, actor, { ...ref, ...body }),
  })
  mount({
    verb: 'withdraw',
    summary: `Take a ${label} off the market`,
    permission: 'listing.update',
    body: noBody,
    run: (use, { actor }, ref) => withdrawListing(use, actor, ref),
  })
  mount({
    verb: 'close',
    summary: `End a published ${label} with its outcome`,
    permission: 'listing.update',
    body: closeListingBody,
    exampleBody: { outcome: 'contracted' },
    run: (use, { actor, body }, ref) => closeListing(use, actor, { ...ref, ...body }),
  })
}

/** A changed listing as its actor sees it now, with its new ETag. */
async function answer(
  { db, viewer }: Pick<Context<unknown>, 'db' | 'viewer'>,
  definition: ListingKindDefinition,
  { id }: Listing,
): Promise<Reply<Record<string, unknown>>> {
  const view = await readListing({ db }, viewer, id)
  return { body: toListingResponse(definition, view), etag: etagOf(view.listing.version, view.disclosure) }
}
