import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Vault } from '../../ports/vault.ts'
import { createListing } from './create-listing.ts'
import { deleteListing } from './delete-listing.ts'
import type { ListingKindDefinition } from './kind.ts'
import { answerListing, contractOf } from './kind-contract.ts'
import { updateListing } from './update-listing.ts'

/** Create, change and delete. */
export function writeRoutes(api: Api, deps: { clock: Clock; vault: Vault }, definition: ListingKindDefinition): void {
  const { url, tag, name, label, params, createBody, patchBody, response, example, body } = contractOf(definition)
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
      const { id } = await createListing({ ...deps, db }, actor, { definition, body: fields })
      const answer = await answerListing({ ...deps, db, viewer: actor }, definition, id)
      return { ...answer, headers: { location: `${url}/${id}` } }
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
    errors: ['TRANSITION_NOT_ALLOWED', 'LISTING_INCOMPLETE', 'EXTERNAL_ID_TAKEN'],
    example: { body: { title: body.title, region: null }, response: example },
    handle: async ({ db, actor, params: { id }, body: patch, ifMatch }) => {
      await updateListing({ ...deps, db }, actor, { definition, id, ifMatch, patch })
      return answerListing({ ...deps, db, viewer: actor }, definition, id)
    },
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
}
