import { and, desc, eq, ne, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { type Id, uuidToId } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import { entityOfKind, type ListingId, type ListingKind } from '../listings/index.ts'
import { listings } from '../listings/table.ts'
import { savedSearchHits as hits } from './table.ts'

/** A hit with the public teaser of its listing. */
export type HitView = {
  listingId: ListingId
  kind: ListingKind
  title: string
  summary: string | null
  market: string
  publishedAt: Date | null
  foundAt: Date
}

const isShown = and(eq(listings.state, 'published'), ne(listings.trustCode, 'red'))

/** Newest first. What left the market or turned red is left out, and comes back with it. */
export async function listHits(
  db: Db,
  savedSearchId: Id<'savedSearch'>,
  { limit, after }: PageRequest,
): Promise<PageOf<HitView>> {
  const [foundAt, uuid] = after ?? []
  const isAfter =
    foundAt === undefined || uuid === undefined
      ? undefined
      : sql`(${hits.foundAt}, ${hits.listingId}) < (${foundAt}::timestamptz, ${uuid}::uuid)`
  const { kind, title, summary, market, publishedAt } = listings
  const rows = await db
    .select({ uuid: hits.listingId, foundAt: hits.foundAt, kind, title, summary, market, publishedAt })
    .from(hits)
    .innerJoin(listings, eq(listings.id, hits.listingId))
    .where(and(eq(hits.savedSearchId, savedSearchId), isShown, isAfter))
    .orderBy(desc(hits.foundAt), desc(hits.listingId))
    .limit(limit + 1)
  const { items, next } = pageOf(rows, limit, (row) => [row.foundAt.toISOString(), row.uuid])
  const views = items.map(({ uuid, ...row }) => ({ ...row, listingId: uuidToId(entityOfKind[row.kind], uuid) }))
  return { items: views, ...(next && { next }) }
}

const MOST_TITLES = 3

/** How many of the hits of a daily notification are still on the market, and the first titles of those. */
export async function readDigest(
  db: Db,
  { id, day }: { id: Id<'savedSearch'>; day: string },
): Promise<{ count: number; titles: string[] }> {
  const rows = await db
    .select({ title: listings.title, count: sql<number>`(count(*) over ())::int` })
    .from(hits)
    .innerJoin(listings, eq(listings.id, hits.listingId))
    .where(and(eq(hits.savedSearchId, id), eq(hits.digestOn, day), isShown))
    .orderBy(desc(hits.foundAt), desc(hits.listingId))
    .limit(MOST_TITLES)
  return { count: rows[0]?.count ?? 0, titles: rows.map(({ title }) => title) }
}
