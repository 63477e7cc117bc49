import { withTx } from '../../db/tx.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import { getMarket } from '../markets/index.ts'
import { changeListing, factOf, type ListingDeps, type ListingRef } from './change-listing.ts'
import type { Listing } from './domain/listing.ts'
import { listingSubmitted } from './events.ts'
import { assertOwner } from './policy.ts'
import { publication } from './publish-listing.ts'

/**
 * Hands a draft or returned listing to the market. Where the market's rules say so, a verified organisation's listing is
 * published in the same transaction. @throws LISTING_INCOMPLETE with every missing field.
 */
export function submitListing(deps: ListingDeps, actor: Principal, ref: ListingRef): Promise<Listing> {
  return withTx(deps.db, async (tx) => {
    const submitted = await changeListing({ ...deps, db: tx }, actor, ref, {
      action: 'submit',
      async prepare(listing) {
        assertOwner(actor, listing)
        assertComplete(ref, listing)
        return { returnReasons: [], returnNote: undefined }
      },
      events: (after, now) => [listingSubmitted(factOf(after), now)],
    })
    const market = await getMarket(tx, submitted.market)
    if (!market.rules.publishOnSubmit || !actor.isOrgVerified) return submitted
    const { definition, id } = ref
    return changeListing({ ...deps, db: tx }, undefined, { definition, id }, publication(deps.clock.now()))
  })
}

function assertComplete({ definition }: ListingRef, listing: Listing): void {
  const missing = definition.missingForPublication(listing.content, listing.details)
  if (missing.length === 0) return
  throw new AppError('LISTING_INCOMPLETE', `Publication needs ${missing.join(', ')}.`, {
    errors: missing.map((field) => ({
      location: 'body',
      pointer: `#/${field}`,
      code: 'required_for_publication',
      message: 'is needed before the listing can be submitted',
    })),
  })
}
