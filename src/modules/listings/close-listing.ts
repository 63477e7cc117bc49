import type { Principal } from '../../kernel/principal.ts'
import { marketAncestors } from '../markets/index.ts'
import { changeListing, factOf, type ListingDeps, type ListingRef } from './change-listing.ts'
import type { Listing } from './domain/listing.ts'
import { listingClosed } from './events.ts'
import { assertOperator, isOwner } from './policy.ts'

export type CloseListing = ListingRef & { outcome: 'contracted' | 'invalid'; note?: string | undefined }

/** The owner or an operator of the market ends a published listing with its outcome. */
export function closeListing(deps: ListingDeps, actor: Principal, input: CloseListing): Promise<Listing> {
  const { outcome, note, ...ref } = input
  return changeListing(deps, actor, {
    ...ref,
    action: 'close',
    note,
    async authorise(listing, tx) {
      if (!isOwner(actor, listing)) assertOperator(actor, listing, await marketAncestors(tx, listing.market))
    },
    change: () => ({ outcome, closedAt: deps.clock.now() }),
    events: (after, now) => [listingClosed({ ...factOf(after), outcome }, now)],
  })
}
