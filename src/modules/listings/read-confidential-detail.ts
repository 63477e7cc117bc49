import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import { readConfidential } from './confidential.ts'
import type { ReadingPurpose } from './domain/disclosure.ts'
import type { ListingId } from './domain/listing.ts'
import { findActiveGrant } from './grant-repo.ts'
import { findListing } from './listing-repo.ts'
import { isOwner } from './policy.ts'

export type Reading = {
  listingId: ListingId
  detail: string | undefined
  /** Names this one reading in the audit log of the listing's owner. Owners read without. */
  watermark: Id<'reading'> | undefined
  readAt: Date
}

type Input = { id: ListingId; purpose: ReadingPurpose }

/**
 * The confidential detail, for the owner and for whom a grant lets in. Each reading by others is a row in the owner's audit log,
 * in the transaction that reads: no row, no text. @throws NOT_FOUND for everybody else, also after the grant has ended.
 */
export function readConfidentialDetail(
  { db, clock, vault }: { db: Db; clock: Clock; vault: Vault },
  actor: Principal,
  { id, purpose }: Input,
): Promise<Reading> {
  const readAt = clock.now()
  return withTx(db, async (tx) => {
    const listing = await findListing(tx, id)
    if (listing === undefined) throw notFound('confidential detail')
    const read = async (watermark?: Id<'reading'>): Promise<Reading> => ({
      ...{ listingId: id, watermark, readAt },
      detail: (await readConfidential({ db: tx, vault }, id)).detail,
    })
    if (isOwner(actor, listing)) return read()
    const grant = await findActiveGrant(tx, id, actor)
    if (grant === undefined) throw notFound('confidential detail')
    const watermark = newId('reading')
    await appendAudit(tx, {
      ...{ orgId: listing.orgId, userId: actor.userId, action: 'confidential_detail.read', objectId: id, at: readAt },
      facts: { watermark, purpose, readerOrgId: actor.orgId, grantId: grant.id, ground: grant.ground },
    })
    return read(watermark)
  })
}
