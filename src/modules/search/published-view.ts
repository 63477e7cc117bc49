import { and, asc, eq, gt } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { type Id, idToUuid, uuidToId } from '../../kernel/ids.ts'
import { entityOfKind, type ListingId } from '../listings/index.ts'
import { listings } from '../listings/table.ts'

export type PublishedVersion = { listingId: ListingId; version: number; isRed: boolean }

type Wanted = { after: ListingId | undefined; limit: number; orgId?: Id<'organisation'> }

/**
 * What the index should hold (without the red ones), of everybody or of one organisation, ordered by UUID: three columns
 * instead of whole listings.
 */
export async function listPublishedVersions(db: Db, { after, limit, orgId }: Wanted): Promise<PublishedVersion[]> {
  const { id, kind, version, trustCode, state } = listings
  const rows = await db
    .select({ id, kind, version, trustCode })
    .from(listings)
    .where(and(eq(state, 'published'), orgId && eq(listings.orgId, orgId), after && gt(id, idToUuid(after))))
    .orderBy(asc(id))
    .limit(limit)
  return rows.map((row) => ({
    listingId: uuidToId(entityOfKind[row.kind], row.id),
    version: row.version,
    isRed: row.trustCode === 'red',
  }))
}
