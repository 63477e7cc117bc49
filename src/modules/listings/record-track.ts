import { withTx } from '../../db/tx.ts'
import type { ListingId } from './domain/listing.ts'
import type { Track } from './domain/trust-code.ts'
import { findListing } from './listing-repo.ts'
import { reassessListing, type SweepDeps } from './sweep-listings.ts'
import { upsertTrack } from './track-repo.ts'

/** Keeps what became of a listing's deals, and brings its trust code in line. What is not there any more has none. */
export async function recordTrack(
  deps: SweepDeps,
  { listingId, track }: { listingId: ListingId; track: Track },
): Promise<void> {
  await withTx(deps.db, async (tx) => {
    if ((await findListing(tx, listingId)) === undefined) return
    await upsertTrack(tx, listingId, { ...track, updatedAt: deps.clock.now() })
    await reassessListing({ ...deps, db: tx }, listingId)
  })
}
