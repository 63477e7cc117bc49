import { addDays, chinaDay } from '../../kernel/clock.ts'
import { invalidField } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import { changeListing, type ListingDeps, type ListingRef, updatedIfPublished } from './change-listing.ts'
import { defaultValidityDays } from './domain/lifecycle.ts'
import type { Listing } from './domain/listing.ts'
import { assertOwner } from './policy.ts'

export type RenewListing = ListingRef & { validUntil?: string | undefined }

/** The owner confirms that the listing still holds; it is valid for another year unless a day is named. */
export function renewListing(deps: ListingDeps, actor: Principal, input: RenewListing): Promise<Listing> {
  const { validUntil, ...ref } = input
  const now = deps.clock.now()
  return changeListing(deps, actor, {
    ...ref,
    action: 'renew',
    authorise: (listing) => assertOwner(actor, listing),
    change({ content }) {
      if (validUntil !== undefined && validUntil <= chinaDay(now)) {
        throw invalidField('#/validUntil', 'not_in_future', 'must be a day after today')
      }
      const until = validUntil ?? chinaDay(addDays(now, defaultValidityDays))
      return { content: { ...content, validUntil: until }, confirmedAt: now }
    },
    events: updatedIfPublished,
  })
}
