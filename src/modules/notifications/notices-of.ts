import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { getOrganisation } from '../identity/index.ts'
import { findListing, type ListingId } from '../listings/index.ts'
import { getMatch } from '../matching/index.ts'
import type { Notice } from './domain/notice.ts'
import { findVersionOfLast } from './listing-change-view.ts'
import { listRecipients } from './recipient-view.ts'

/** Both sides of an approved match, while both are on the market. */
export async function noticesOfApprovedMatch(db: Db, matchId: Id<'match'>): Promise<Notice[]> {
  const { demandId, supplyId, state } = await getMatch(db, matchId)
  const demand = await findListing(db, demandId)
  const supply = await findListing(db, supplyId)
  if (state !== 'approved' || demand?.state !== 'published' || supply?.state !== 'published') return []
  const params = {
    ...{ matchId, demandId, supplyId },
    demandTitle: demand.content.title,
    supplyTitle: supply.content.title,
  }
  return [
    { orgId: demand.orgId, kind: 'match.approved.demand', subjectId: matchId, params },
    { orgId: supply.orgId, kind: 'match.approved.supply', subjectId: matchId, params },
  ]
}

/** The owner of a listing that was published or returned, while it still is. */
export async function noticesOfListing(db: Db, id: ListingId, state: 'published' | 'returned'): Promise<Notice[]> {
  const listing = await findListing(db, id)
  const version = await findVersionOfLast(db, id, state === 'published' ? 'publish' : 'return')
  if (listing?.state !== state || version === undefined) return []
  const params = { listingId: id, listingTitle: listing.content.title, listingKind: listing.kind }
  return [
    {
      orgId: listing.orgId,
      kind: `listing.${state}`,
      subjectId: `${id}@${version}`,
      params: state === 'returned' ? { ...params, reasons: listing.returnReasons } : params,
    },
  ]
}

/** The owner of a listing whose validity has ended. A closed listing never comes back, so its id is subject enough. */
export async function noticesOfExpiry(db: Db, id: ListingId): Promise<Notice[]> {
  const listing = await findListing(db, id)
  if (listing?.state !== 'closed') return []
  const params = { listingId: id, listingTitle: listing.content.title, listingKind: listing.kind }
  return [{ orgId: listing.orgId, kind: 'listing.expired', subjectId: id, params }]
}

/** The user whose session was ended because a used token came back; nobody else in the organisation. */
export async function noticesOfSessionReuse(
  db: Db,
  { id, userId }: { id: Id<'session'>; userId: Id<'user'> },
): Promise<Notice[]> {
  const [user] = await listRecipients(db, [userId])
  if (user === undefined) return []
  const params = { displayName: user.displayName }
  return [{ orgId: user.orgId, userIds: [userId], kind: 'security.session_reused', subjectId: id, params }]
}

/** A verified organisation. Reinstating after a suspension keeps the day of the verification, so it is not told again. */
export async function noticesOfVerification(db: Db, id: Id<'organisation'>): Promise<Notice[]> {
  const { verification, verifiedAt, name } = await getOrganisation(db, id)
  if (verification !== 'verified' || verifiedAt === null) return []
  const params = { organisationId: id, organisationName: name }
  return [{ orgId: id, kind: 'organisation.verified', subjectId: `${id}@${verifiedAt.toISOString()}`, params }]
}
