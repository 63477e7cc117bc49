import { and, asc, eq, gt } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { idToUuid, uuidToId } from '../../kernel/ids.ts'
import type { ListingId, ListingKind } from '../listings/index.ts'
import { listings } from '../listings/table.ts'

export type PublishedVersion = { listingId: ListingId; version: number; isRed: boolean }

const entityOfKind = {
  supply: 'supply',
  demand: 'demand',
  finance_product: 'financeProduct',
} as const satisfies Record<ListingKind, string>

/** What the index should hold (without the red ones), ordered by UUID: three columns instead of whole listings. */
export async function listPublishedVersions(
  db: Db,
  { after, limit }: { after: ListingId | undefined; limit: number },
): Promise<PublishedVersion[]> {
  const { id, kind, version, trustCode, state } = listings
  const rows = await db
    .select({ id, kind, version, trustCode })
    .from(listings)
    .where(and(eq(state, 'published'), after && gt(id, idToUuid(after))))
    .orderBy(asc(id))
    .limit(limit)
  return rows.map((row) => ({
    listingId: uuidToId(entityOfKind[row.kind], row.id),
    version: row.version,
    isRed: row.trustCode === 'red',
  }))
}
