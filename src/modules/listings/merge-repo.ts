import { eq } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { type Id, idToUuid, uuidToId } from '../../kernel/ids.ts'
import { entityOfKind, kindOf, type ListingId } from './domain/listing.ts'
import { listingMerges } from './table.ts'

type Merge = { mergedId: ListingId; survivorId: ListingId; mergedBy: Id<'user'>; mergedAt: Date }

/** Records the merge; what led to the merged listing leads to the survivor from now on, so no way has two steps. */
export async function insertMerge(tx: Tx, { mergedId, survivorId, ...rest }: Merge): Promise<void> {
  const ids = { mergedId: idToUuid(mergedId), survivorId: idToUuid(survivorId) }
  await tx.update(listingMerges).set({ survivorId: ids.survivorId }).where(eq(listingMerges.survivorId, ids.mergedId))
  await tx.insert(listingMerges).values({ ...ids, ...rest })
}

/** The listing that took this one in. */
export async function findSurvivor(db: Db, id: ListingId): Promise<ListingId | undefined> {
  const [row] = await db
    .select({ survivorId: listingMerges.survivorId })
    .from(listingMerges)
    .where(eq(listingMerges.mergedId, idToUuid(id)))
  return row && uuidToId(entityOfKind[kindOf(id)], row.survivorId)
}
