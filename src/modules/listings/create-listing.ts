import { withTx } from '../../db/tx.ts'
import { AppError, invalidField } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import { findMarket } from '../markets/index.ts'
import { type ListingDeps, withTrust } from './change-listing.ts'
import { insertChange } from './change-repo.ts'
import { writeConfidential } from './confidential.ts'
import { type Complete, entityOfKind, type Listing } from './domain/listing.ts'
import type { ListingKindDefinition } from './kind.ts'
import { type ListingInput, toInput } from './kind-schemas.ts'
import { insertListing } from './listing-repo.ts'

export type CreateListing = { definition: ListingKindDefinition; body: Record<string, unknown> }

/** Stores a draft. @throws FORBIDDEN for a kind that the organisation cannot own, VALIDATION_FAILED, EXTERNAL_ID_TAKEN. */
export async function createListing(
  deps: ListingDeps & { vault: Vault },
  actor: Principal,
  { definition, body }: CreateListing,
): Promise<Listing> {
  assertMayOwn(definition, actor)
  const input = toInput(definition, body)
  return withTx(deps.db, async (tx) => {
    if (!(await findMarket(tx, input.market)))
      throw invalidField('#/market', 'unknown_market', 'is no market; see /v1/markets')
    const now = deps.clock.now()
    const listing = await withTrust(tx, { definition, listing: newDraft(definition, actor, input, now), now })
    await insertListing(tx, listing)
    await writeConfidential({ tx, vault: deps.vault }, listing.id, input.confidential)
    await insertChange(tx, listing.id, {
      version: 1,
      action: 'create',
      fromState: null,
      toState: 'draft',
      changedFields: Object.keys(body).sort(),
      reasons: [],
      note: null,
      userId: actor.userId,
      orgId: actor.orgId,
      at: now,
    })
    return listing
  })
}

/** @throws FORBIDDEN */
export function assertMayOwn(definition: ListingKindDefinition, actor: Principal): void {
  if (definition.owners.includes(actor.orgKind)) return
  throw new AppError('FORBIDDEN', `An organisation of kind ${actor.orgKind} cannot own a ${definition.label}.`)
}

/** A listing as it begins, before its trust code is computed. */
export function newDraft(
  definition: ListingKindDefinition,
  actor: Principal,
  input: ListingInput,
  now: Date,
): Complete<Listing> {
  return {
    id: newId(entityOfKind[definition.kind]),
    kind: definition.kind,
    orgId: actor.orgId,
    market: input.market,
    state: 'draft',
    outcome: undefined,
    content: input.content,
    details: input.details,
    facets: definition.facetsOf(input.details),
    trustCode: 'yellow',
    trustReasons: [],
    returnReasons: [],
    returnNote: undefined,
    confirmedAt: undefined,
    publishedAt: undefined,
    closedAt: undefined,
    version: 1,
    createdBy: actor.userId,
    createdAt: now,
    updatedAt: now,
  }
}
