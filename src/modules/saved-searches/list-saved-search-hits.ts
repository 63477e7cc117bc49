import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type HitView, listHits } from './hit-view.ts'
import { getSavedSearch } from './saved-search-repo.ts'

/** What a saved search of the actor has found and is still on the market. @throws NOT_FOUND for somebody else's. */
export async function listSavedSearchHits(
  { db }: { db: Db },
  { userId }: Principal,
  { id, page }: { id: Id<'savedSearch'>; page: PageRequest },
): Promise<PageOf<HitView>> {
  await getSavedSearch(db, { id, userId })
  return listHits(db, id, page)
}
