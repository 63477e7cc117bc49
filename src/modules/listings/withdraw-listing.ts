import type { Principal } from '../../kernel/principal.ts'
import { changeListing, factOf, type ListingDeps, type ListingRef } from './change-listing.ts'
import type { Listing } from './domain/listing.ts'
import { listingClosed } from './events.ts'
import { assertOwner } from './policy.ts'

/** The owner takes the listing off the market. */
export function withdrawListing(deps: ListingDeps, actor: Principal, ref: ListingRef): Promise<Listing> {
  return changeListing(deps, actor, {
    ...ref,
    action: 'withdraw',
    authorise: (listing) => assertOwner(actor, listing),
    change: () => ({ outcome: 'withdrawn', closedAt: deps.clock.now() }),
    events: (after, now) => [listingClosed({ ...factOf(after), outcome: 'withdrawn' }, now)],
  })
}
