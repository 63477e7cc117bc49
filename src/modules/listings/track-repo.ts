import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { idToUuid } from '../../kernel/ids.ts'
import type { ListingId } from './domain/listing.ts'
import type { Track } from './domain/trust-code.ts'
import { listingTrackRecords } from './table.ts'

/** What became of the deals about these listings; those without deals are not in it. */
export async function findTracks(db: Db, ids: readonly ListingId[]): Promise<Map<ListingId, Track>> {
  if (ids.length === 0) return new Map()
  const idOf = new Map(ids.map((id) => [idToUuid(id), id]))
  const { listingId, dealsSigned, droppedInARow } = listingTrackRecords
  const rows = await db
    .select({ listingId, dealsSigned, droppedInARow })
    .from(listingTrackRecords)
    .where(sql`${listingId} = any(${sql.param([...idOf.keys()])}::uuid[])`)
  return new Map(
    rows.flatMap(({ listingId: uuid, ...track }) => {
      const id = idOf.get(uuid)
      return id === undefined ? [] : [[id, track] as const]
    }),
  )
}

export async function upsertTrack(tx: Tx, id: ListingId, track: Track & { updatedAt: Date }): Promise<void> {
  await tx
    .insert(listingTrackRecords)
    .values({ listingId: idToUuid(id), ...track })
    .onConflictDoUpdate({ target: listingTrackRecords.listingId, set: track })
}
