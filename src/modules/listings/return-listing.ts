import type { Principal } from '../../kernel/principal.ts'
import { marketAncestors } from '../markets/index.ts'
import { changeListing, factOf, type ListingDeps, type ListingRef } from './change-listing.ts'
import type { Listing } from './domain/listing.ts'
import { listingReturned } from './events.ts'
import { assertOperator } from './policy.ts'

export type ReturnListing = ListingRef & { reasons: string[]; note?: string | undefined }

/** An operator sends a listing back to its owner with reasons; a published one leaves the market. */
export function returnListing(deps: ListingDeps, actor: Principal, input: ReturnListing): Promise<Listing> {
  const { reasons, note, ...ref } = input
  return changeListing(deps, actor, {
    ...ref,
    action: 'return',
    reasons,
    note,
    authorise: async (listing, tx) => assertOperator(actor, listing, await marketAncestors(tx, listing.market)),
    change: () => ({ returnReasons: reasons, returnNote: note }),
    events: (after, now) => [listingReturned({ ...factOf(after), orgId: after.orgId, reasons }, now)],
  })
}
