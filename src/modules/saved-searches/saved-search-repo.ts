import { and, asc, desc, eq, inArray, lt, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { notFound } from '../../kernel/errors.ts'
import { type Id, uuidToId } from '../../kernel/ids.ts'
import { lastIdOf, type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import { savedSearches } from './table.ts'

export type SavedSearch = typeof savedSearches.$inferSelect
/** A saved search and whose it has to be: somebody else's does not exist. */
export type SavedSearchRef = { id: Id<'savedSearch'>; userId: Id<'user'> }

const isRef = ({ id, userId }: SavedSearchRef) => and(eq(savedSearches.id, id), eq(savedSearches.userId, userId))

export async function insertSavedSearch(db: Db, search: SavedSearch): Promise<void> {
  await db.insert(savedSearches).values(search)
}

export async function findSavedSearch(db: Db, id: Id<'savedSearch'>): Promise<SavedSearch | undefined> {
  const [row] = await db.select().from(savedSearches).where(eq(savedSearches.id, id))
  return row
}

/** @throws NOT_FOUND also for somebody else's. */
export async function getSavedSearch(db: Db, ref: SavedSearchRef): Promise<SavedSearch> {
  const [row] = await db.select().from(savedSearches).where(isRef(ref))
  if (row) return row
  throw notFound('saved search')
}

export function countSavedSearches(db: Db, userId: Id<'user'>): Promise<number> {
  return db.$count(savedSearches, eq(savedSearches.userId, userId))
}

/** Newest first: ids are UUIDv7, so their order is the order of creation. */
export async function listSavedSearchesOf(
  db: Db,
  userId: Id<'user'>,
  { limit, after }: PageRequest,
): Promise<PageOf<SavedSearch>> {
  const before = lastIdOf<'savedSearch'>(after)
  const rows = await db
    .select()
    .from(savedSearches)
    .where(and(eq(savedSearches.userId, userId), before && lt(savedSearches.id, before)))
    .orderBy(desc(savedSearches.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ id }) => [id])
}

type Change = Partial<Pick<SavedSearch, 'name' | 'query' | 'words' | 'key' | 'alerts'>> & { updatedAt: Date }

/** Writes the change and counts the version, if the row still has the given one. */
export async function updateSavedSearchRow(
  db: Db,
  ref: SavedSearchRef & { version: number },
  change: Change,
): Promise<SavedSearch | undefined> {
  const [row] = await db
    .update(savedSearches)
    .set({ ...change, version: sql`${savedSearches.version} + 1` })
    .where(and(isRef(ref), eq(savedSearches.version, ref.version)))
    .returning()
  return row
}

/** Its hits go with it. @returns whether the row still had the given version. */
export async function deleteSavedSearchRow(db: Db, ref: SavedSearchRef & { version: number }): Promise<boolean> {
  const { rowCount } = await db.delete(savedSearches).where(and(isRef(ref), eq(savedSearches.version, ref.version)))
  return rowCount === 1
}

/** The searches under any of the keys, sorted. They are few beside all searches. */
export async function listCandidateIds(db: Db, keys: readonly string[]): Promise<Id<'savedSearch'>[]> {
  const { rows } = await db.execute<{ id: string }>(candidateStatement(keys))
  return rows.map(({ id }) => uuidToId('savedSearch', id)).sort()
}

/**
 * One look into the index for each key. As `key = any(…)` the planner reads the whole table as soon as a long listing has
 * some thousand words; `offset 0` keeps it from turning the lookups into a join that does the same.
 */
export function candidateStatement(keys: readonly string[]): SQL {
  return sql`
    select found.id from unnest(${sql.param([...keys])}::text[]) as wanted (key)
    cross join lateral (select id from saved_searches where saved_searches.key = wanted.key offset 0) as found`
}

/** Holds the rows, always in the order of their ids, so that the alerts of a day are counted by one at a time. */
export function lockSavedSearches(tx: Tx, ids: readonly Id<'savedSearch'>[]): Promise<SavedSearch[]> {
  return selectByIds(tx, ids).for('no key update')
}

export function findSavedSearches(db: Db, ids: readonly Id<'savedSearch'>[]): Promise<SavedSearch[]> {
  return selectByIds(db, ids).execute()
}

function selectByIds(db: Db, ids: readonly Id<'savedSearch'>[]) {
  return db
    .select()
    .from(savedSearches)
    .where(inArray(savedSearches.id, [...ids]))
    .orderBy(asc(savedSearches.id))
}
