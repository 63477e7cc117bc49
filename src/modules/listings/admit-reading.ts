import { appendAudit } from '../../audit/append.ts'
import type { Tx } from '../../db/tx.ts'
import { notFound } from '../../kernel/errors.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { ReadingPurpose } from './domain/disclosure.ts'
import type { ListingId } from './domain/listing.ts'
import { findActiveGrant } from './grant-repo.ts'
import { findListing } from './listing-repo.ts'
import { isOwner } from './policy.ts'

export type AdmitReading = {
  id: ListingId
  purpose: ReadingPurpose
  /** `<thing>.read`, and the thing when it is not the listing's confidential detail itself. */
  action: string
  objectId?: string
  at: Date
}

/**
 * Lets the owner and whom a grant lets in read what is confidential of a listing. Each reading by others is a row in the owner's
 * audit log, in the caller's transaction: no row, no reading. @returns what names the reading; the owner reads without.
 * @throws NOT_FOUND for everybody else, also after the grant has ended.
 */
export async function admitReading(
  tx: Tx,
  actor: Principal,
  { id, purpose, action, objectId = id, at }: AdmitReading,
): Promise<Id<'reading'> | undefined> {
  const listing = await findListing(tx, id)
  if (listing === undefined) throw notFound('confidential detail')
  if (isOwner(actor, listing)) return undefined
  const grant = await findActiveGrant(tx, id, actor)
  if (grant === undefined) throw notFound('confidential detail')
  const watermark = newId('reading')
  await appendAudit(tx, {
    ...{ orgId: listing.orgId, userId: actor.userId, action, objectId, at },
    facts: { watermark, purpose, readerOrgId: actor.orgId, grantId: grant.id, ground: grant.ground },
  })
  return watermark
}
