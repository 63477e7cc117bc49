import { chinaDay } from '../../kernel/clock.ts'
import type { OrganisationSummary } from '../identity/index.ts'
import type { Listing } from './domain/listing.ts'
import { noTrack, type Track, type Trust, type TrustFacts, trustOf } from './domain/trust-code.ts'
import type { ListingKindDefinition } from './kind.ts'

type Known = { owner: Pick<OrganisationSummary, 'verification'>; track: Track | undefined; now: Date }

/** The trust code of a listing as of now, from what the listing, its kind and its owner say. */
export function listingTrust(definition: ListingKindDefinition, listing: Listing, known: Known): Trust {
  return trustOf(trustFactsOf(definition, listing, known))
}

export function trustFactsOf(
  definition: ListingKindDefinition,
  { content, details, confirmedAt }: Listing,
  { owner, track = noTrack, now }: Known,
): TrustFacts {
  const today = chinaDay(now)
  return {
    today,
    validUntil: content.validUntil,
    confirmedOn: confirmedAt && chinaDay(confirmedAt),
    ownerVerification: owner.verification,
    offeredModes: content.cooperationModes,
    track,
    ...definition.trustFactsOf(details, today),
  }
}
