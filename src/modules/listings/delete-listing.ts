import { withTx } from '../../db/tx.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { appendEvents } from '../../outbox/append.ts'
import { destroyDataKey } from '../../vault/index.ts'
import { assertVersion, factOf, type ListingDeps, type ListingRef } from './change-listing.ts'
import { listingLifecycle } from './domain/lifecycle.ts'
import { listingDeleted } from './events.ts'
import { deleteListing as deleteRow, lockListing } from './listing-repo.ts'
import { assertOwner } from './policy.ts'

/** Removes a draft that nobody has seen, and the key of its confidential part: copies in backups stay shut. Anything later is withdrawn instead. @throws TRANSITION_NOT_ALLOWED */
export async function deleteListing(deps: ListingDeps, actor: Principal, ref: ListingRef): Promise<void> {
  await withTx(deps.db, async (tx) => {
    const listing = await lockListing(tx, ref.id)
    assertOwner(actor, listing)
    assertVersion(listing, ref)
    move(listingLifecycle, listing.state, 'delete')
    await deleteRow(tx, listing.id)
    await destroyDataKey(tx, listing.id)
    await appendEvents(tx, [listingDeleted(factOf(listing), deps.clock.now())])
  })
}
