import type { Db } from '../../../db/client.ts'
import type { Id } from '../../../kernel/ids.ts'
import { findListing, type ListingId } from '../../listings/index.ts'
import { findSavedSearch, readDigest, savedSearchDigestReady, savedSearchHit } from '../../saved-searches/index.ts'
import type { Notice } from '../domain/notice.ts'
import { noticesOn } from './rule.ts'

export const savedSearchNotices = [
  noticesOn(savedSearchHit, { notices: noticesOfHit }),
  noticesOn(savedSearchDigestReady, { notices: noticesOfDigest }),
]

/** The user of a saved search that found a listing, while the listing is shown and the user still wants to hear. */
async function noticesOfHit(
  db: Db,
  { savedSearchId, listingId }: { savedSearchId: Id<'savedSearch'>; listingId: ListingId },
): Promise<Notice[]> {
  const search = await findSavedSearch(db, savedSearchId)
  const listing = await findListing(db, listingId)
  if (search === undefined || search.alerts === 'off') return []
  if (listing?.state !== 'published' || listing.trustCode === 'red') return []
  const params = { searchName: search.name, hitCount: 1, hitTitles: quoted([listing.content.title]), listingId }
  return [
    {
      ...{ orgId: search.orgId, userIds: [search.userId], kind: 'saved_search.hits' },
      ...{ subjectId: `${savedSearchId}@${listingId}`, params },
    },
  ]
}

/** The user of a saved search, of what it found for the daily notification and is still shown. */
async function noticesOfDigest(
  db: Db,
  { savedSearchId, day }: { savedSearchId: Id<'savedSearch'>; day: string },
): Promise<Notice[]> {
  const search = await findSavedSearch(db, savedSearchId)
  if (search === undefined || search.alerts === 'off') return []
  const { count, titles } = await readDigest(db, { id: savedSearchId, day })
  if (count === 0) return []
  const params = { searchName: search.name, hitCount: count, hitTitles: quoted(titles) }
  return [
    {
      ...{ orgId: search.orgId, userIds: [search.userId], kind: 'saved_search.hits' },
      ...{ subjectId: `${savedSearchId}@${day}`, params },
    },
  ]
}

function quoted(titles: readonly string[]): string {
  return titles.map((title) => `“${title}”`).join('、')
}
