import { chinaDay } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { marketAncestors } from '../markets/index.ts'
import { assertPublishable } from './assert-publishable.ts'
import {
  changeListing,
  factOf,
  type ListingDeps,
  type ListingRef,
  type ListingVerb,
  withoutActor,
} from './change-listing.ts'
import { defaultValidityDays } from './domain/lifecycle.ts'
import type { Listing } from './domain/listing.ts'
import { dayAfter } from './domain/trust-code.ts'
import { listingPublished } from './events.ts'
import type { ListingKindDefinition } from './kind.ts'
import { assertOperator } from './policy.ts'

/** An operator of the market puts a submitted listing on it. */
export function publishListing(deps: ListingDeps, actor: Principal, ref: ListingRef): Promise<Listing> {
  return changeListing(deps, actor, {
    ...ref,
    ...publication(ref, deps.clock.now()),
    authorise: async (listing, tx) => assertOperator(actor, listing, await marketAncestors(tx, listing.market)),
  })
}

/** Publication without asking who: valid for a year unless the owner said otherwise, confirmed as of today. */
export function publication({ definition }: ListingRef, now: Date): ListingVerb {
  return {
    action: 'publish',
    authorise: withoutActor,
    change: (listing) => publishedFields(definition, listing, now),
    events: (after) => [listingPublished(factOf(after), now)],
  }
}

/** What publication sets. @throws LISTING_INCOMPLETE */
export function publishedFields(
  definition: ListingKindDefinition,
  listing: Listing,
  now: Date,
): Pick<Listing, 'content' | 'publishedAt' | 'confirmedAt'> {
  const today = chinaDay(now)
  assertPublishable(definition, listing, today)
  const validUntil = listing.content.validUntil ?? dayAfter(today, defaultValidityDays)
  return {
    content: { ...listing.content, validUntil },
    publishedAt: listing.publishedAt ?? now,
    confirmedAt: now,
  }
}
