import { eq } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { idToUuid } from '../../kernel/ids.ts'
import type { Confidential, ListingId } from './domain/listing.ts'
import { listingConfidentials } from './table.ts'

/** The only place that reads confidential text; nothing but read-listing, read-contact and update-listing may call it. */
export async function findConfidential(db: Db, id: ListingId): Promise<Confidential> {
  const rows = await db
    .select()
    .from(listingConfidentials)
    .where(eq(listingConfidentials.listingId, idToUuid(id)))
  return { detail: rows[0]?.detail ?? undefined, contact: rows[0]?.contact ?? undefined }
}

export async function upsertConfidential(tx: Tx, id: ListingId, confidential: Confidential): Promise<void> {
  const columns = { detail: confidential.detail ?? null, contact: confidential.contact ?? null }
  await tx
    .insert(listingConfidentials)
    .values({ listingId: idToUuid(id), ...columns })
    .onConflictDoUpdate({ target: listingConfidentials.listingId, set: columns })
}
