import { and, eq, gte, inArray, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import type { Id } from '../../kernel/ids.ts'
import { savedSearchHits as hits, savedSearches } from './table.ts'

export type Hit = typeof hits.$inferSelect
type SearchId = Id<'savedSearch'>

/** Leaves alone what a search has found before. @returns those that are new. */
export async function insertHits(tx: Tx, rows: readonly Hit[]): Promise<Hit[]> {
  if (rows.length === 0) return []
  return tx
    .insert(hits)
    .values([...rows])
    .onConflictDoNothing()
    .returning()
}

/** How many hits of each search were told at once since an instant. */
export async function countInstantAlerts(
  db: Db,
  ids: readonly SearchId[],
  since: Date,
): Promise<Map<SearchId, number>> {
  const rows = await db
    .select({ id: hits.savedSearchId, count: sql<number>`count(*)::int` })
    .from(hits)
    .where(and(inArray(hits.savedSearchId, [...ids]), eq(hits.alert, 'instant'), gte(hits.foundAt, since)))
    .groupBy(hits.savedSearchId)
  return new Map(rows.map(({ id, count }) => [id, count]))
}

/** Hits that waited for a daily notification that nobody wants any more. */
export async function updateWaitingToNone(db: Db, id: SearchId): Promise<void> {
  await db
    .update(hits)
    .set({ alert: 'none' })
    .where(and(eq(hits.savedSearchId, id), eq(hits.alert, 'waiting')))
}

export type DueSearch = { id: SearchId; userId: Id<'user'> }

/** Holds daily searches with hits that wait, leaving out those that had their notification on that day. */
export async function lockDueSearches(tx: Tx, { day, limit }: { day: string; limit: number }): Promise<DueSearch[]> {
  return tx
    .select({ id: savedSearches.id, userId: savedSearches.userId })
    .from(savedSearches)
    .where(
      and(
        eq(savedSearches.alerts, 'daily'),
        sql`${savedSearches.id} in (select saved_search_id from saved_search_hits where alert = 'waiting')`,
        sql`not exists (select from saved_search_hits told
          where told.saved_search_id = ${savedSearches.id} and told.digest_on = ${day}::date)`,
      ),
    )
    .orderBy(savedSearches.id)
    .limit(limit)
    .for('no key update')
}

export async function updateWaitingToDigested(tx: Tx, ids: readonly SearchId[], day: string): Promise<void> {
  await tx
    .update(hits)
    .set({ alert: 'digested', digestOn: day })
    .where(and(inArray(hits.savedSearchId, [...ids]), eq(hits.alert, 'waiting')))
}
