import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Id } from '../../kernel/ids.ts'
import { findListing } from '../listings/index.ts'
import { lockListings, withdrawItemsOfListing } from './opening-repo.ts'

/** Takes the undecided items of a listing that has left the market out of the queue. A listing that is back keeps them. */
export async function withdrawItems(
  deps: { db: Db },
  { listingId }: { listingId: Id<'demand' | 'supply'> },
): Promise<undefined> {
  await withTx(deps.db, async (tx) => {
    await lockListings(tx, [listingId])
    const listing = await findListing(tx, listingId)
    if (listing?.state !== 'published') await withdrawItemsOfListing(tx, listingId)
  })
}
