import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { isSignedIn, type Principal, type Viewer } from '../../kernel/principal.ts'
import { type Disclosure, disclosureOf } from './domain/disclosure.ts'
import type { ListingId } from './domain/listing.ts'
import { findActiveGrant } from './grant-repo.ts'
import { getListing, lockListing } from './listing-repo.ts'
import { assertOwner, isOwner } from './policy.ts'
import { assertVisible } from './read-listing.ts'

/** How much of a listing a viewer gets, for what hangs on it elsewhere. @throws NOT_FOUND for what does not exist for them. */
export async function tierOf({ db }: { db: Db }, viewer: Viewer, id: ListingId): Promise<Disclosure> {
  const listing = await getListing(db, id)
  await assertVisible(db, viewer, listing)
  return disclosureOf(viewer, listing)
}

/** Holds the listing, so that it is not deleted meanwhile. @throws NOT_FOUND for whoever is not its owner. */
export async function assertOwnListing(tx: Tx, actor: Principal, id: ListingId): Promise<void> {
  assertOwner(actor, await lockListing(tx, id))
}

/** Whether the viewer is the owner or has a grant now. It reads nothing: a reading goes through admitReading. */
export async function mayReadConfidential(db: Db, viewer: Viewer, id: ListingId): Promise<boolean> {
  if (!isSignedIn(viewer)) return false
  return isOwner(viewer, await getListing(db, id)) || (await findActiveGrant(db, id, viewer)) !== undefined
}
