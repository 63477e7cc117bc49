import { and, desc, eq, lt } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { idToUuid } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { ListingId } from './domain/listing.ts'
import { listingChanges } from './table.ts'

export type ListingChange = Omit<typeof listingChanges.$inferSelect, 'listingId'>

export async function insertChange(tx: Tx, id: ListingId, change: ListingChange): Promise<void> {
  await tx.insert(listingChanges).values({ listingId: idToUuid(id), ...change })
}

/** Newest first. */
export async function listChanges(db: Db, id: ListingId, page: PageRequest): Promise<PageOf<ListingChange>> {
  const before = page.after?.[0] === undefined ? undefined : lt(listingChanges.version, Number(page.after[0]))
  const rows = await db
    .select()
    .from(listingChanges)
    .where(and(eq(listingChanges.listingId, idToUuid(id)), before))
    .orderBy(desc(listingChanges.version))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, (change) => [String(change.version)])
}
