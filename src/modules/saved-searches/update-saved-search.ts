import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { versionConflict } from '../../kernel/etag.ts'
import type { Principal } from '../../kernel/principal.ts'
import { updateWaitingToNone } from './hit-repo.ts'
import { getSavedSearch, type SavedSearch, type SavedSearchRef, updateSavedSearchRow } from './saved-search-repo.ts'
import type { UpdateSavedSearch } from './schemas.ts'
import { searchCondition } from './search-condition.ts'

type Input = { id: SavedSearchRef['id']; version: number; change: UpdateSavedSearch }

/**
 * Changes a saved search of the actor. What it has found stays found, and what waited for the daily notification is not told
 * once there is none. @throws NOT_FOUND, VALIDATION_FAILED, PRECONDITION_FAILED.
 */
export async function updateSavedSearch(
  { db, clock }: { db: Db; clock: Clock },
  { userId }: Principal,
  { id, version, change }: Input,
): Promise<SavedSearch> {
  const { query, ...others } = change
  const condition = query && (await searchCondition(db, query))
  return withTx(db, async (tx) => {
    const values = { ...others, ...condition, updatedAt: clock.now() }
    const after = await updateSavedSearchRow(tx, { id, userId, version }, values)
    if (after === undefined) throw versionConflict((await getSavedSearch(tx, { id, userId })).version)
    if (after.alerts !== 'daily') await updateWaitingToNone(tx, id)
    return after
  })
}
