import { chinaDay } from '../../kernel/clock.ts'
import type { OrganisationSummary } from '../identity/index.ts'
import type { Listing } from './domain/listing.ts'
import { type Trust, trustOf } from './domain/trust-code.ts'
import type { ListingKindDefinition } from './kind.ts'

/** The trust code of a listing as of now, from what the listing, its kind and its owner say. */
export function listingTrust(
  definition: ListingKindDefinition,
  { content, details, confirmedAt }: Listing,
  { owner, now }: { owner: Pick<OrganisationSummary, 'verification'>; now: Date },
): Trust {
  const today = chinaDay(now)
  return trustOf({
    today,
    validUntil: content.validUntil,
    confirmedOn: confirmedAt && chinaDay(confirmedAt),
    ownerVerification: owner.verification,
    offeredModes: content.cooperationModes,
    ...definition.trustFactsOf(details, today),
  })
}
