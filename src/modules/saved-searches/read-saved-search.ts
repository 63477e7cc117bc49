import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { getSavedSearch, type SavedSearch } from './saved-search-repo.ts'

/** @throws NOT_FOUND for somebody else's. */
export function readSavedSearch(
  { db }: { db: Db },
  { userId }: Principal,
  id: Id<'savedSearch'>,
): Promise<SavedSearch> {
  return getSavedSearch(db, { id, userId })
}
