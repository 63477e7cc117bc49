import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/tx.ts'
import { idToUuid } from '../../kernel/ids.ts'
import type { ListingId } from '../listings/index.ts'
import { listings } from '../listings/table.ts'

/**
 * Holds a listing as it is until the transaction ends, so that its document cannot be written for a state that another
 * transaction just ended. Readers share the lock; only an editor waits.
 */
export async function lockListingUnchanged(tx: Tx, id: ListingId): Promise<void> {
  await tx
    .select({ id: listings.id })
    .from(listings)
    .where(eq(listings.id, idToUuid(id)))
    .for('share')
}
