export { admitReading } from './admit-reading.ts'
export { changeDetails } from './change-details.ts'
export type { ListingRef } from './change-listing.ts'
export { assertMayOwn, createListing } from './create-listing.ts'
export { type ReadingPurpose, readingPurposes } from './domain/disclosure.ts'
export type { Contact, Listing, ListingId, ListingKind, Provenance } from './domain/listing.ts'
export { entityOfKind, listingKinds } from './domain/listing.ts'
export type { TrustReason } from './domain/trust-code.ts'
export {
  disclosureRestored,
  disclosureRevoked,
  listingClosed,
  listingDeleted,
  listingExpiring,
  listingIdSchema,
  listingPublished,
  listingReturned,
  listingSubmitted,
  listingTurnedRed,
  listingUnconfirmed,
  listingUpdated,
} from './events.ts'
export { endDisclosure, endDisclosureTo, grantDisclosure } from './grant-disclosure.ts'
export { findGrantee } from './grant-repo.ts'
export type { KindTrustFacts, ListingKindDefinition } from './kind.ts'
export { schemasOf } from './kind-schemas.ts'
export type { ListLens } from './list-lens.ts'
export { type ListingQuery, listListings } from './list-listings.ts'
export { findListing, findListingByExternalId, findListings } from './listing-repo.ts'
export { mergeListing } from './merge-listing.ts'
export { readOwnConfidentials } from './own-confidentials.ts'
export { type ListingView, toListingResponse } from './present.ts'
export { publishListing } from './publish-listing.ts'
export { readContact } from './read-contact.ts'
export { readIndicators } from './read-indicators.ts'
export { recordTrack } from './record-track.ts'
export { restoreGrant } from './restore-grant.ts'
export { codeOf, day, listingFilters, listOf, regionCode, text } from './schemas.ts'
export { submitListing } from './submit-listing.ts'
export type { ListingKinds } from './sweep-listings.ts'
export { type ListingWithOwner, readListingsWithOwners, toTeaser } from './teasers.ts'
export { assertOwnListing, mayReadConfidential, tierOf } from './tier-of.ts'
export { type BatchOutcome, writeListings } from './write-batch.ts'
