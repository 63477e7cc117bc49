import { isDeepStrictEqual } from 'node:util'
import type { Principal } from '../../kernel/principal.ts'
import { changeListing, type ListingDeps, type ListingRef, updatedIfPublished } from './change-listing.ts'
import { findConfidential, upsertConfidential } from './confidential-repo.ts'
import type { Listing } from './domain/listing.ts'
import { applyPatch } from './kind-schemas.ts'
import { assertOwner } from './policy.ts'

export type UpdateListing = ListingRef & { patch: Record<string, unknown> }

/** Applies a JSON merge patch. A published listing stays published and is indexed and matched again. */
export function updateListing(deps: ListingDeps, actor: Principal, { patch, ...ref }: UpdateListing): Promise<Listing> {
  return changeListing(deps, actor, ref, {
    action: 'edit',
    async prepare(listing, tx) {
      assertOwner(actor, listing)
      const confidential = await findConfidential(tx, listing.id)
      const input = applyPatch(ref.definition, listing, confidential, patch)
      if (!isDeepStrictEqual(input.confidential, confidential))
        await upsertConfidential(tx, listing.id, input.confidential)
      const validUntil = input.content.validUntil ?? listing.content.validUntil
      return {
        content: {
          ...input.content,
          validUntil: listing.state === 'published' ? validUntil : input.content.validUntil,
        },
        details: input.details,
        facets: ref.definition.facetsOf(input.details),
      }
    },
    changedFields: () => Object.keys(patch).sort(),
    events: updatedIfPublished,
  })
}
