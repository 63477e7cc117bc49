import { withTx } from '../../db/tx.ts'
import { versionConflict } from '../../kernel/etag.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import type { ListingDeps, ListingRef } from './change-listing.ts'
import { listingLifecycle } from './domain/lifecycle.ts'
import { deleteListing as deleteRow, lockListing } from './listing-repo.ts'
import { assertOwner } from './policy.ts'

/** Removes a draft that nobody has seen. Anything later is withdrawn instead. @throws TRANSITION_NOT_ALLOWED */
export async function deleteListing(deps: ListingDeps, actor: Principal, ref: ListingRef): Promise<void> {
  await withTx(deps.db, async (tx) => {
    const listing = await lockListing(tx, ref.id)
    assertOwner(actor, listing)
    if (ref.ifMatch !== undefined && ref.ifMatch !== listing.version) throw versionConflict(listing.version)
    move(listingLifecycle, listing.state, 'delete')
    await deleteRow(tx, listing.id)
  })
}
