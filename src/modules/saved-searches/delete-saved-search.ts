import type { Db } from '../../db/client.ts'
import { versionConflict } from '../../kernel/etag.ts'
import type { Principal } from '../../kernel/principal.ts'
import { deleteSavedSearchRow, getSavedSearch, type SavedSearchRef } from './saved-search-repo.ts'

/** Removes a saved search of the actor with its hits. @throws NOT_FOUND, PRECONDITION_FAILED. */
export async function deleteSavedSearch(
  { db }: { db: Db },
  { userId }: Principal,
  { id, version }: { id: SavedSearchRef['id']; version: number },
): Promise<void> {
  if (await deleteSavedSearchRow(db, { id, userId, version })) return
  throw versionConflict((await getSavedSearch(db, { id, userId })).version)
}
