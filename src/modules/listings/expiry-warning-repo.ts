import { and, between, eq, lt, notExists, sql } from 'drizzle-orm'
import type { Tx } from '../../db/tx.ts'
import { uuidToId } from '../../kernel/ids.ts'
import { entityOfKind, type ListingId, type ListingKind } from './domain/listing.ts'
import { listings, listingExpiryWarnings as warnings } from './table.ts'

/** Days are YYYY-MM-DD in China, both included. */
type Due = { from: string; to: string; confirmedBefore: Date; limit: number }
type Expiring = { listingId: ListingId; kind: ListingKind; market: string; validUntil: string }

/**
 * Takes published listings whose validity ends within the days and whose owner does not know of that day, and marks them as
 * told. Of two at a time one gets a listing: the other waits for its mark and finds it there.
 */
export async function markExpiring(tx: Tx, { from, to, confirmedBefore, limit }: Due): Promise<Expiring[]> {
  const told = tx
    .select({ listingId: warnings.listingId })
    .from(warnings)
    .where(and(eq(warnings.listingId, listings.id), eq(warnings.validUntil, listings.validUntil)))
  const rows = await tx
    .select({ id: listings.id, kind: listings.kind, market: listings.market, validUntil: listings.validUntil })
    .from(listings)
    .where(
      and(
        eq(listings.state, 'published'),
        between(listings.validUntil, from, to),
        lt(listings.confirmedAt, confirmedBefore),
        notExists(told),
      ),
    )
    .orderBy(listings.id)
    .limit(limit)
  const due = rows.flatMap(({ validUntil, ...row }) => (validUntil === null ? [] : [{ ...row, validUntil }]))
  if (due.length === 0) return []
  const marked = await tx
    .insert(warnings)
    .values(due.map(({ id, validUntil }) => ({ listingId: id, validUntil })))
    .onConflictDoUpdate({
      target: warnings.listingId,
      set: { validUntil: sql`excluded.valid_until` },
      setWhere: sql`${warnings.validUntil} <> excluded.valid_until`,
    })
    .returning()
  const markedIds = new Set(marked.map(({ listingId }) => listingId))
  return due
    .filter(({ id }) => markedIds.has(id))
    .map(({ id, kind, ...rest }) => ({ listingId: uuidToId(entityOfKind[kind], id), kind, ...rest }))
}
