import { withTx } from '../../db/tx.ts'
import { chinaDay } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { getMarket } from '../markets/index.ts'
import { assertClear, assertPublishable } from './assert-publishable.ts'
import { changeListing, factOf, type ListingDeps, type ListingRef } from './change-listing.ts'
import type { Listing } from './domain/listing.ts'
import { listingSubmitted } from './events.ts'
import { assertOwner } from './policy.ts'
import { publication } from './publish-listing.ts'

/**
 * Hands a draft or returned listing to the market. Where the market's rules say so, a verified organisation's listing is
 * published in the same transaction. @throws LISTING_INCOMPLETE with every field that stands in the way.
 */
export function submitListing(deps: ListingDeps, actor: Principal, ref: ListingRef): Promise<Listing> {
  return withTx(deps.db, async (tx) => {
    const submitted = await changeListing({ ...deps, db: tx }, actor, {
      ...ref,
      action: 'submit',
      authorise: (listing) => assertOwner(actor, listing),
      async change(listing) {
        assertPublishable(ref.definition, listing, chinaDay(deps.clock.now()))
        const { rules } = await getMarket(tx, listing.market)
        assertClear(ref.definition, listing, rules.minClarity)
        return { returnReasons: [], returnNote: undefined }
      },
      events: (after, now) => [listingSubmitted(factOf(after), now)],
    })
    const market = await getMarket(tx, submitted.market)
    if (!market.rules.publishOnSubmit || !actor.isOrgVerified) return submitted
    const now = deps.clock.now()
    return changeListing({ ...deps, db: tx }, undefined, { ...ref, ...publication(ref, now), ifMatch: undefined })
  })
}
