import { z } from 'zod'
import type { Api, RouteContext } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { ErrorCode } from '../../kernel/errors.ts'
import type { Permission } from '../../kernel/permissions.ts'
import type { Vault } from '../../ports/vault.ts'
import type { ListingDeps, ListingRef } from './change-listing.ts'
import { closeListing } from './close-listing.ts'
import type { Listing, ListingId } from './domain/listing.ts'
import type { ListingKindDefinition } from './kind.ts'
import { answerListing, contractOf } from './kind-contract.ts'
import { publishListing } from './publish-listing.ts'
import { renewListing } from './renew-listing.ts'
import { returnListing } from './return-listing.ts'
import { closeListingBody, renewListingBody, returnListingBody } from './schemas.ts'
import { submitListing } from './submit-listing.ts'
import { withdrawListing } from './withdraw-listing.ts'

/** The verbs of a listing's life: those of its owner and those of the market's desk. */
export function lifecycleRoutes(
  api: Api,
  deps: { clock: Clock; vault: Vault },
  definition: ListingKindDefinition,
): void {
  const mount = verbMount(api, deps, definition)
  ownerVerbs(mount, definition.label)
  deskVerbs(mount, definition.label)
}

const noBody = z.strictObject({}).optional()

function ownerVerbs(mount: Mount, label: string): void {
  mount('submit', {
    summary: `Hand a ${label} to the market; many markets publish a verified organisation's at once`,
    permission: 'listing.submit',
    body: noBody,
    errors: ['LISTING_INCOMPLETE'],
    run: (use, { actor }, ref) => submitListing(use, actor, ref),
  })
  mount('renew', {
    summary: `Confirm that a published ${label} still holds`,
    permission: 'listing.update',
    body: renewListingBody,
    exampleBody: { validUntil: '2027-11-20' },
    run: (use, { actor, body }, ref) => renewListing(use, actor, { ...ref, ...body }),
  })
  mount('withdraw', {
    summary: `Take a ${label} off the market`,
    permission: 'listing.update',
    body: noBody,
    run: (use, { actor }, ref) => withdrawListing(use, actor, ref),
  })
  mount('close', {
    summary: `End a published ${label} with its outcome`,
    permission: 'listing.update',
    body: closeListingBody,
    exampleBody: { outcome: 'contracted' },
    run: (use, { actor, body }, ref) => closeListing(use, actor, { ...ref, ...body }),
  })
}

function deskVerbs(mount: Mount, label: string): void {
  mount('publish', {
    summary: `Put a submitted ${label} on the market (operator)`,
    permission: 'listing.publish',
    body: noBody,
    errors: ['LISTING_INCOMPLETE'],
    run: (use, { actor }, ref) => publishListing(use, actor, ref),
  })
  mount('return', {
    summary: `Send a ${label} back to its owner with reasons (operator)`,
    permission: 'listing.publish',
    body: returnListingBody,
    exampleBody: { reasons: ['incomplete_text'], note: '请补充技术指标。' },
    run: (use, { actor, body }, ref) => returnListing(use, actor, { ...ref, ...body }),
  })
}

type Mount = <S extends z.ZodType>(verb: string, route: VerbRoute<S>) => void

type VerbRoute<S extends z.ZodType> = {
  summary: string
  permission: Permission
  body: S
  exampleBody?: z.input<S>
  errors?: readonly ErrorCode[]
  run(
    deps: ListingDeps,
    context: RouteContext<{ id: ListingId }, unknown, z.output<S>>,
    ref: ListingRef,
  ): Promise<Listing>
}

/** Registers `POST /v1/<kind>/{id}/<verb>`, which answers with the listing as its actor sees it now. */
function verbMount(api: Api, deps: { clock: Clock; vault: Vault }, definition: ListingKindDefinition): Mount {
  const { url, tag, name, params, response, example } = contractOf(definition)
  return (verb, { exampleBody, errors = [], run, ...contract }) =>
    api.post(`${url}/:id/${verb}`, {
      ...contract,
      operationId: `${verb}${name}`,
      tag,
      params,
      ifMatch: 'optional',
      response,
      errors: ['TRANSITION_NOT_ALLOWED', ...errors],
      example: { ...(exampleBody === undefined ? {} : { body: exampleBody }), response: example },
      handle: async (context) => {
        const { db, actor, params: route, ifMatch } = context
        await run({ ...deps, db }, context, { definition, id: route.id, ifMatch })
        return answerListing({ ...deps, db, viewer: actor }, definition, route.id)
      },
    })
}
