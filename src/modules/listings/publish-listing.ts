import { addDays, chinaDay } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { marketAncestors } from '../markets/index.ts'
import { changeListing, factOf, type ListingDeps, type ListingRef, type ListingVerb } from './change-listing.ts'
import { defaultValidityDays } from './domain/lifecycle.ts'
import type { Listing } from './domain/listing.ts'
import { listingPublished } from './events.ts'
import { assertOperator } from './policy.ts'

/** An operator of the market puts a submitted listing on it. */
export function publishListing(deps: ListingDeps, actor: Principal, ref: ListingRef): Promise<Listing> {
  const verb = publication(deps.clock.now())
  return changeListing(deps, actor, ref, {
    ...verb,
    async prepare(listing, tx) {
      assertOperator(actor, await marketAncestors(tx, listing.market))
      return verb.prepare(listing, tx)
    },
  })
}

/** Publication without asking who: valid for a year unless the owner said otherwise, confirmed as of today. */
export function publication(now: Date): ListingVerb {
  return {
    action: 'publish',
    prepare: async ({ content, publishedAt }) => ({
      content: { ...content, validUntil: content.validUntil ?? chinaDay(addDays(now, defaultValidityDays)) },
      publishedAt: publishedAt ?? now,
      confirmedAt: now,
    }),
    events: (after) => [listingPublished(factOf(after), now)],
  }
}
