import type { Db } from '../../../db/client.ts'
import { chinaDay } from '../../../kernel/clock.ts'
import {
  findListing,
  type Listing,
  type ListingId,
  listingClosed,
  listingExpiring,
  listingPublished,
  listingReturned,
  listingTurnedRed,
  listingUnconfirmed,
  type TrustReason,
} from '../../listings/index.ts'
import type { Notice } from '../domain/notice.ts'
import { findVersionOfLast } from '../listing-change-view.ts'
import { noticesOn } from './rule.ts'

type Listed = { listingId: ListingId }
type Asked = { confirmedOn: string; askedOn: string }
type Red = { version: number; reasons: readonly TrustReason[] }

export const listingNotices = [
  // Of thousands that one file brought, its sender reads in the import.
  noticesOn(listingPublished, {
    isTold: ({ isBulk }) => isBulk !== true,
    notices: (db, fact) => noticesOfListing(db, fact, 'published'),
  }),
  noticesOn(listingReturned, { notices: (db, fact) => noticesOfListing(db, fact, 'returned') }),
  noticesOn(listingClosed, { isTold: ({ outcome }) => outcome === 'expired', notices: noticesOfExpiry }),
  noticesOn(listingExpiring, { notices: noticesOfComingExpiry }),
  noticesOn(listingUnconfirmed, { notices: noticesOfAsking }),
  noticesOn(listingTurnedRed, { notices: noticesOfRed }),
]

/** The owner of a listing that was published or returned, while it still is. */
async function noticesOfListing(db: Db, { listingId }: Listed, state: 'published' | 'returned'): Promise<Notice[]> {
  const listing = await findListing(db, listingId)
  const version = await findVersionOfLast(db, listingId, state === 'published' ? 'publish' : 'return')
  if (listing?.state !== state || version === undefined) return []
  const params = paramsOf(listing)
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
  return [{ orgId: listing.orgId, kind: 'listing.expired', subjectId: listingId, params: paramsOf(listing) }]
}

/** The owner of a listing that still ends on that day; a renewal has overtaken the warning. */
async function noticesOfComingExpiry(db: Db, { listingId, validUntil }: Listed & { validUntil: string }) {
  const listing = await findListing(db, listingId)
  if (listing?.state !== 'published' || listing.content.validUntil !== validUntil) return []
  const params = { ...paramsOf(listing), expiresOn: validUntil }
  const subjectId = `${listingId}@${validUntil}`
  return [{ orgId: listing.orgId, kind: 'listing.expiring' as const, subjectId, params }]
}

/** The owner of a listing that nobody has confirmed since that day. */
async function noticesOfAsking(db: Db, { listingId, confirmedOn, askedOn }: Listed & Asked) {
  const listing = await findListing(db, listingId)
  const isOverdue = listing?.confirmedAt !== undefined && chinaDay(listing.confirmedAt) === confirmedOn
  if (listing?.state !== 'published' || !isOverdue) return []
  const subjectId = `${listingId}@asked-${askedOn}`
  return [
    {
      orgId: listing.orgId,
      kind: 'listing.unconfirmed' as const,
      subjectId,
      params: { ...paramsOf(listing), confirmedOn },
    },
  ]
}

/** The owner of a listing that is red and on the market, unless that was put right before anybody could be told. */
async function noticesOfRed(db: Db, { listingId, version, reasons }: Listed & Red) {
  const listing = await findListing(db, listingId)
  if (listing?.state !== 'published' || listing.trustCode !== 'red') return []
  const params = { ...paramsOf(listing), trustReasons: reasons }
  const subjectId = `${listingId}@${version}`
  return [{ orgId: listing.orgId, kind: 'listing.trust_red' as const, subjectId, params }]
}

function paramsOf({ id, kind, content }: Listing) {
  return { listingId: id, listingTitle: content.title, listingKind: kind }
}
