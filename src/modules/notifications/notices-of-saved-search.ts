import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { findListing, type ListingId } from '../listings/index.ts'
import { findSavedSearch, readDigest } from '../saved-searches/index.ts'
import type { Notice } from './domain/notice.ts'

/** The user of a saved search that found a listing, while the listing is shown and the user still wants to hear. */
export async function noticesOfSavedSearchHit(
  db: Db,
  { id, listingId }: { id: Id<'savedSearch'>; listingId: ListingId },
): Promise<Notice[]> {
  const search = await findSavedSearch(db, id)
  const listing = await findListing(db, listingId)
  if (search === undefined || search.alerts === 'off') return []
  if (listing?.state !== 'published' || listing.trustCode === 'red') return []
  const params = { searchName: search.name, hitCount: 1, hitTitles: quoted([listing.content.title]), listingId }
  return [
    {
      ...{ orgId: search.orgId, userIds: [search.userId], kind: 'saved_search.hits' },
      ...{ subjectId: `${id}@${listingId}`, params },
    },
  ]
}

/** The user of a saved search, of what it found for the daily notification and is still shown. */
export async function noticesOfSavedSearchDigest(
  db: Db,
  { id, day }: { id: Id<'savedSearch'>; day: string },
): Promise<Notice[]> {
  const search = await findSavedSearch(db, id)
  if (search === undefined || search.alerts === 'off') return []
  const { count, titles } = await readDigest(db, { id, day })
  if (count === 0) return []
  const params = { searchName: search.name, hitCount: count, hitTitles: quoted(titles) }
  return [
    {
      ...{ orgId: search.orgId, userIds: [search.userId], kind: 'saved_search.hits' },
      ...{ subjectId: `${id}@${day}`, params },
    },
  ]
}

function quoted(titles: readonly string[]): string {
  return titles.map((title) => `“${title}”`).join('、')
}
