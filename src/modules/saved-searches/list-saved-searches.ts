import type { Db } from '../../db/client.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { listSavedSearchesOf, type SavedSearch } from './saved-search-repo.ts'

/** The saved searches of the actor, newest first. */
export function listSavedSearches(
  { db }: { db: Db },
  { userId }: Principal,
  page: PageRequest,
): Promise<PageOf<SavedSearch>> {
  return listSavedSearchesOf(db, userId, page)
}
