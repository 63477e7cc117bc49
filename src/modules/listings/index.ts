export { changeDetails } from './change-details.ts'
export type { ListingRef } from './change-listing.ts'
export { assertMayOwn, createListing } from './create-listing.ts'
export type { Contact, Listing, ListingId, ListingKind } from './domain/listing.ts'
export { entityOfKind, listingKinds } from './domain/listing.ts'
export type { TrustReason } from './domain/trust-code.ts'
export {
  listingClosed,
  listingExpiring,
  listingIdSchema,
  listingPublished,
  listingReturned,
  listingSubmitted,
  listingTurnedRed,
  listingUpdated,
} from './events.ts'
export { endDisclosure, grantDisclosure } from './grant-disclosure.ts'
export type { KindTrustFacts, ListingKindDefinition } from './kind.ts'
export { schemasOf } from './kind-schemas.ts'
export type { ListLens } from './list-lens.ts'
export { findListing, findListingByExternalId, findListings } from './listing-repo.ts'
export { publishListing } from './publish-listing.ts'
export { readContact } from './read-contact.ts'
export { readIndicators } from './read-indicators.ts'
export { codeOf, day, listOf, regionCode, text } from './schemas.ts'
export { submitListing } from './submit-listing.ts'
export type { ListingKinds } from './sweep-listings.ts'
export { type ListingWithOwner, readListingsWithOwners, toTeaser } from './teasers.ts'
export { type BatchOutcome, writeListings } from './write-batch.ts'
