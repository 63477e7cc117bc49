import { isDeepStrictEqual } from 'node:util'
import { chinaDay } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import { getMarket } from '../markets/index.ts'
import { assertClear, assertPublishable } from './assert-publishable.ts'
import { changeListing, type ListingDeps, type ListingRef, updatedIfPublished } from './change-listing.ts'
import { readConfidential, writeConfidential } from './confidential.ts'
import type { Listing } from './domain/listing.ts'
import { applyPatch } from './kind-schemas.ts'
import { assertOwner } from './policy.ts'

export type UpdateListing = ListingRef & { patch: Record<string, unknown> }

/**
 * Applies a JSON merge patch. What is submitted stays complete; what is published stays published, keeps a last day, and is
 * indexed and matched again. @throws VALIDATION_FAILED, LISTING_INCOMPLETE, EXTERNAL_ID_TAKEN
 */
export function updateListing(
  deps: ListingDeps & { vault: Vault },
  actor: Principal,
  { patch, ...ref }: UpdateListing,
): Promise<Listing> {
  return changeListing(deps, actor, {
    ...ref,
    action: 'edit',
    changedFields: Object.keys(patch).sort(),
    authorise: (listing) => assertOwner(actor, listing),
    async change(listing, tx) {
      const confidential = await readConfidential({ db: tx, vault: deps.vault }, listing.id)
      const input = applyPatch(ref.definition, { listing, confidential }, patch)
      const isPublished = listing.state === 'published'
      const kept = isPublished ? { validUntil: input.content.validUntil ?? listing.content.validUntil } : {}
      const changes = { content: { ...input.content, ...kept }, details: input.details }
      if (isPublished || listing.state === 'submitted') {
        assertPublishable(ref.definition, changes, chinaDay(deps.clock.now()))
        const { rules } = await getMarket(tx, listing.market)
        // What was taken when the market asked for less may stay as it is, but not become less clear.
        const clarity = ref.definition.clarityOf?.(listing.content, listing.details).score ?? 0
        assertClear(ref.definition, changes, Math.min(rules.minClarity, clarity))
      }
      if (!isDeepStrictEqual(input.confidential, confidential)) {
        await writeConfidential({ tx, vault: deps.vault }, listing.id, input.confidential)
      }
      return { ...changes, facets: ref.definition.facetsOf(input.details) }
    },
    events: updatedIfPublished,
  })
}
