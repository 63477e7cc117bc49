export type { ListingDeps, ListingRef } from './change-listing.ts'
export { createListing } from './create-listing.ts'
export type { Contact, Listing, ListingId, ListingKind } from './domain/listing.ts'
export { entityOfKind, listingKinds } from './domain/listing.ts'
export {
  listingClosed,
  listingIdSchema,
  listingPublished,
  listingReturned,
  listingSubmitted,
  listingUpdated,
} from './events.ts'
export { endDisclosure, grantDisclosure } from './grant-disclosure.ts'
export type { KindTrustFacts, ListingKindDefinition } from './kind.ts'
export { schemasOf } from './kind-schemas.ts'
export { findListing, findListingByExternalId, findListings, listPublished } from './listing-repo.ts'
export { publishListing } from './publish-listing.ts'
export { readContact } from './read-contact.ts'
export { readIndicators } from './read-indicators.ts'
export { codeOf, day, listOf, regionCode, text } from './schemas.ts'
export { submitListing } from './submit-listing.ts'
export type { ListingKinds } from './sweep-listings.ts'
export { type ListingWithOwner, readListingsWithOwners, toTeaser } from './teasers.ts'
