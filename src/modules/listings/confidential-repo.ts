import { eq, inArray } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { idToUuid } from '../../kernel/ids.ts'
import type { Confidential, ListingId } from './domain/listing.ts'
import { listingConfidentials } from './table.ts'

/** The only place that reads confidential text; nothing but read-listing and update-listing may call it, and for many the owner's imports and exports. */
export async function findConfidential(db: Db, id: ListingId): Promise<Confidential> {
  const rows = await db
    .select()
    .from(listingConfidentials)
    .where(eq(listingConfidentials.listingId, idToUuid(id)))
  return { detail: rows[0]?.detail ?? undefined, contact: rows[0]?.contact ?? undefined }
}

/** The same of many; listings without any are not in the map. For the owner's imports and exports alone. */
export async function findConfidentials(db: Db, ids: readonly ListingId[]): Promise<Map<string, Confidential>> {
  const rows = await db
    .select()
    .from(listingConfidentials)
    .where(inArray(listingConfidentials.listingId, ids.map(idToUuid)))
  return new Map(
    rows.map(({ listingId, detail, contact }) => [
      listingId,
      { detail: detail ?? undefined, contact: contact ?? undefined },
    ]),
  )
}

export async function upsertConfidential(tx: Tx, id: ListingId, confidential: Confidential): Promise<void> {
  const columns = { detail: confidential.detail ?? null, contact: confidential.contact ?? null }
  await tx
    .insert(listingConfidentials)
    .values({ listingId: idToUuid(id), ...columns })
    .onConflictDoUpdate({ target: listingConfidentials.listingId, set: columns })
}
