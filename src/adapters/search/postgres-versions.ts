import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { idToUuid } from '../../kernel/ids.ts'
import type { IndexedVersion, SearchKind } from '../../ports/search-engine.ts'
import { idOf } from './postgres-hit.ts'

/** What the index holds, in the order of the primary key. */
export async function listVersions(
  db: Db,
  { after, limit }: { after?: string; limit: number },
): Promise<IndexedVersion[]> {
  const isAfter = after === undefined ? sql`true` : sql`listing_id > ${idToUuid(after)}::uuid`
  const { rows } = await db.execute<{ listingId: string; kind: SearchKind; version: number }>(sql`
    select listing_id as "listingId", kind, version from search_documents
    where ${isAfter} order by listing_id limit ${limit}`)
  return rows.map((row) => ({ listingId: idOf(row), version: row.version }))
}
