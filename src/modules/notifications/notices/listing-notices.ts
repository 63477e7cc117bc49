import type { Db } from '../../../db/client.ts'
import { findListing, type ListingId, listingClosed, listingPublished, listingReturned } from '../../listings/index.ts'
import type { Notice } from '../domain/notice.ts'
import { findVersionOfLast } from '../listing-change-view.ts'
import { noticesOn } from './rule.ts'

type Listed = { listingId: ListingId }

export const listingNotices = [
  noticesOn(listingPublished, { notices: (db, fact) => noticesOfListing(db, fact, 'published') }),
  noticesOn(listingReturned, { notices: (db, fact) => noticesOfListing(db, fact, 'returned') }),
  noticesOn(listingClosed, { isTold: ({ outcome }) => outcome === 'expired', notices: noticesOfExpiry }),
]

/** The owner of a listing that was published or returned, while it still is. */
async function noticesOfListing(db: Db, { listingId }: Listed, state: 'published' | 'returned'): Promise<Notice[]> {
  const listing = await findListing(db, listingId)
  const version = await findVersionOfLast(db, listingId, state === 'published' ? 'publish' : 'return')
  if (listing?.state !== state || version === undefined) return []
  const params = { listingId, listingTitle: listing.content.title, listingKind: listing.kind }
  return [
    {
      orgId: listing.orgId,
      kind: `listing.${state}`,
      subjectId: `${listingId}@${version}`,
      params: state === 'returned' ? { ...params, reasons: listing.returnReasons } : params,
    },
  ]
}

/** The owner of a listing whose validity has ended. A closed listing never comes back, so its id is subject enough. */
async function noticesOfExpiry(db: Db, { listingId }: Listed): Promise<Notice[]> {
  const listing = await findListing(db, listingId)
  if (listing?.state !== 'closed') return []
  const params = { listingId, listingTitle: listing.content.title, listingKind: listing.kind }
  return [{ orgId: listing.orgId, kind: 'listing.expired', subjectId: listingId, params }]
}
