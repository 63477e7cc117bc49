import type { Principal } from '../../kernel/principal.ts'
import { marketAncestors } from '../markets/index.ts'
import { changeListing, factOf, type ListingDeps, type ListingRef } from './change-listing.ts'
import type { Listing, ListingId } from './domain/listing.ts'
import { listingClosed } from './events.ts'
import { insertMerge } from './merge-repo.ts'
import { assertOperator } from './policy.ts'

export type MergeListing = ListingRef & { survivorId: ListingId }

/**
 * An operator takes a listing off the market because another one is the same. Its content, owner and history stay as they are;
 * who asks for it is sent to the survivor, and so is who asked for what was merged into it before. @throws NOT_FOUND, TRANSITION_NOT_ALLOWED
 */
export function mergeListing(deps: ListingDeps, actor: Principal, input: MergeListing): Promise<Listing> {
  const { survivorId, ...ref } = input
  const now = deps.clock.now()
  return changeListing(deps, actor, {
    ...ref,
    action: 'close',
    reasons: ['duplicate'],
    note: survivorId,
    authorise: async (listing, tx) => assertOperator(actor, listing, await marketAncestors(tx, listing.market)),
    async change(_listing, tx) {
      await insertMerge(tx, { mergedId: ref.id, survivorId, mergedBy: actor.userId, mergedAt: now })
      return { outcome: 'invalid', closedAt: now }
    },
    events: (after) => [listingClosed({ ...factOf(after), outcome: 'invalid' }, now)],
  })
}
