import { and, eq, gt, lt, notExists, sql } from 'drizzle-orm'
import type { Tx } from '../../db/tx.ts'
import { uuidToId } from '../../kernel/ids.ts'
import { entityOfKind, type ListingId, type ListingKind } from './domain/listing.ts'
import { listings, listingConfirmationRequests as requests } from './table.ts'

type Due = { confirmedBefore: Date; askedBefore: Date; now: Date; limit: number }
type Unconfirmed = { listingId: ListingId; kind: ListingKind; market: string; confirmedAt: Date }

/**
 * Takes published listings that were confirmed before one instant and not asked about since another, and marks them as asked. Of
 * two at a time one gets a listing: the other waits for its mark and finds it there.
 */
export async function markUnconfirmed(tx: Tx, due: Due): Promise<Unconfirmed[]> {
  const { confirmedBefore, askedBefore, now, limit } = due
  const isSame = and(eq(requests.listingId, listings.id), eq(requests.confirmedAt, listings.confirmedAt))
  const asked = tx
    .select({ listingId: requests.listingId })
    .from(requests)
    .where(and(isSame, gt(requests.askedAt, askedBefore)))
  const { id, kind, market, confirmedAt } = listings
  const rows = await tx
    .select({ id, kind, market, confirmedAt })
    .from(listings)
    .where(and(eq(listings.state, 'published'), lt(confirmedAt, confirmedBefore), notExists(asked)))
    .orderBy(id)
    .limit(limit)
  const found = rows.flatMap((row) => (row.confirmedAt === null ? [] : [{ ...row, confirmedAt: row.confirmedAt }]))
  if (found.length === 0) return []
  const marked = await tx
    .insert(requests)
    .values(found.map((row) => ({ listingId: row.id, confirmedAt: row.confirmedAt, askedAt: now })))
    .onConflictDoUpdate({
      target: requests.listingId,
      set: { confirmedAt: sql`excluded.confirmed_at`, askedAt: sql`excluded.asked_at` },
      setWhere: sql`${requests.askedAt} <= ${askedBefore.toISOString()}::timestamptz or ${requests.confirmedAt} <> excluded.confirmed_at`,
    })
    .returning()
  const markedIds = new Set(marked.map(({ listingId }) => listingId))
  return found
    .filter((row) => markedIds.has(row.id))
    .map((row) => ({ ...row, listingId: uuidToId(entityOfKind[row.kind], row.id) }))
}
