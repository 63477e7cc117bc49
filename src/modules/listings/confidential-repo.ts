import { eq, isNotNull, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { idToUuid } from '../../kernel/ids.ts'
import type { ListingId } from './domain/listing.ts'
import { listingConfidentials, listings } from './table.ts'

/** As stored: sealed, or in clear what an earlier program wrote. confidential.ts turns it into words. */
export type ConfidentialRow = Omit<typeof listingConfidentials.$inferSelect, 'listingId'>

export async function findConfidentialRow(db: Db, id: ListingId): Promise<ConfidentialRow | undefined> {
  const [row] = await db
    .select()
    .from(listingConfidentials)
    .where(eq(listingConfidentials.listingId, idToUuid(id)))
  return row
}

/** Which of the listings have a confidential part. */
export async function listConfidentialIds(db: Db, ids: readonly ListingId[]): Promise<ListingId[]> {
  const rows = await db
    .select({ listingId: listingConfidentials.listingId })
    .from(listingConfidentials)
    .where(sql`${listingConfidentials.listingId} = any(${sql.param(ids.map(idToUuid))}::uuid[])`)
  const stored = new Set(rows.map(({ listingId }) => listingId))
  return ids.filter((id) => stored.has(idToUuid(id)))
}

export async function upsertConfidentialRow(tx: Tx, id: ListingId, row: ConfidentialRow): Promise<void> {
  await tx
    .insert(listingConfidentials)
    .values({ listingId: idToUuid(id), ...row })
    .onConflictDoUpdate({ target: listingConfidentials.listingId, set: row })
}

/** Some listings whose confidential part is stored in clear; held, so that two runs do not seal the same. */
export async function lockClearConfidentials(
  tx: Tx,
  limit: number,
): Promise<{ listingId: string; kind: typeof listings.$inferSelect.kind }[]> {
  return tx
    .select({ listingId: listingConfidentials.listingId, kind: listings.kind })
    .from(listingConfidentials)
    .innerJoin(listings, eq(listings.id, listingConfidentials.listingId))
    .where(or(isNotNull(listingConfidentials.detail), isNotNull(listingConfidentials.contact)))
    .limit(limit)
    .for('update', { of: listingConfidentials, skipLocked: true })
}
