import { appendAudit } from '../../audit/append.ts'
import type { Tx } from '../../db/tx.ts'
import { type Id, idToUuid, newId } from '../../kernel/ids.ts'
import type { Listing } from './domain/listing.ts'
import { type Grantee, insertGrant, updateGrantsOnGroundToEnded, updateGrantToResumed } from './grant-repo.ts'

type Grant = {
  listing: Pick<Listing, 'id' | 'orgId'>
  to: Grantee
  /** What the right rests on, such as an introduction whose sides have signed; it ends with that. */
  ground: Id<'introduction'>
  now: Date
}

/**
 * Lets an organisation or a user read the listing's confidential detail. The same again changes nothing, except for whom the right
 * had ended without the owner's doing.
 */
export async function grantDisclosure(tx: Tx, { listing, to, ground, now }: Grant): Promise<void> {
  const wanted = {
    ...{ id: newId('disclosureGrant'), listingId: idToUuid(listing.id) },
    ...{ orgId: to.orgId ?? null, userId: to.userId ?? null },
    ...{ ground, grantedAt: now, endedAt: null, endedBy: null },
  }
  const granted = (await insertGrant(tx, wanted)) ? wanted : await updateGrantToResumed(tx, wanted)
  if (granted === undefined) return
  await appendAudit(tx, {
    ...{ orgId: listing.orgId, action: 'disclosure.granted', objectId: listing.id, at: now },
    facts: { grantId: granted.id, ground, ...to },
  })
}

/** Ends what was granted on this ground: from the next reading on, nobody gets in by it. */
export async function endDisclosure(tx: Tx, ground: Id<'introduction'>, now: Date): Promise<void> {
  await updateGrantsOnGroundToEnded(tx, { ground }, now)
}

/** Ends what one user was granted on this ground. */
export async function endDisclosureTo(
  tx: Tx,
  { userId, ground, now }: { userId: Id<'user'>; ground: Id<'introduction'>; now: Date },
): Promise<void> {
  await updateGrantsOnGroundToEnded(tx, { ground, userId }, now)
}
