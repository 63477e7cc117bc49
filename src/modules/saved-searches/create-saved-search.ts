import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { invalidField } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { countSavedSearches, insertSavedSearch, type SavedSearch } from './saved-search-repo.ts'
import type { CreateSavedSearch } from './schemas.ts'
import { searchCondition } from './search-condition.ts'

/** More than a person reads; two requests at the same moment may make one more. */
const MOST_SAVED_SEARCHES = 50

/** Keeps a search of the actor; from now on it finds what is published. @throws VALIDATION_FAILED. */
export async function createSavedSearch(
  { db, clock }: { db: Db; clock: Clock },
  { userId, orgId }: Principal,
  { name, query, alerts }: CreateSavedSearch,
): Promise<SavedSearch> {
  if ((await countSavedSearches(db, userId)) >= MOST_SAVED_SEARCHES) {
    throw invalidField('#/name', 'too_many_saved_searches', `a user has at most ${MOST_SAVED_SEARCHES} saved searches`)
  }
  const now = clock.now()
  const search: SavedSearch = {
    ...{ id: newId('savedSearch'), userId, orgId, name, alerts },
    ...(await searchCondition(db, query)),
    ...{ version: 1, createdAt: now, updatedAt: now },
  }
  await insertSavedSearch(db, search)
  return search
}
