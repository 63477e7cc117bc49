import { and, eq, max } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { idToUuid } from '../../kernel/ids.ts'
import type { ListingId } from '../listings/index.ts'
import { listingChanges } from '../listings/table.ts'

/** The version that the last publication or return gave a listing: it tells one occurrence from the next. */
export async function findVersionOfLast(
  db: Db,
  listingId: ListingId,
  action: 'publish' | 'return',
): Promise<number | undefined> {
  const [row] = await db
    .select({ version: max(listingChanges.version) })
    .from(listingChanges)
    .where(and(eq(listingChanges.listingId, idToUuid(listingId)), eq(listingChanges.action, action)))
  return row?.version ?? undefined
}
