import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import type { ListingId } from './domain/listing.ts'
import { disclosureRevoked } from './events.ts'
import { updateGrantToEnded } from './grant-repo.ts'
import { lockListing } from './listing-repo.ts'
import { assertOwner } from './policy.ts'

type Input = { listingId: ListingId; id: Id<'disclosureGrant'> }

/**
 * The owner takes back a right to read. It holds from the next reading on, because every reading asks for a grant.
 * @throws NOT_FOUND for who does not own the listing, and for a grant that has ended.
 */
export async function revokeGrant(
  { db, clock }: { db: Db; clock: Clock },
  actor: Principal,
  { listingId, id }: Input,
): Promise<void> {
  await withTx(db, async (tx) => {
    assertOwner(actor, await lockListing(tx, listingId))
    const now = clock.now()
    const ended = await updateGrantToEnded(tx, { id, listingId }, { endedAt: now, endedBy: actor.userId })
    if (ended === undefined) throw notFound('disclosure grant')
    await appendAudit(tx, {
      ...{ orgId: actor.orgId, userId: actor.userId, action: 'disclosure.revoked', objectId: listingId, at: now },
      facts: { grantId: id, ground: ended.ground },
    })
    await appendEvents(tx, [disclosureRevoked({ grantId: id, listingId, at: now.toISOString() }, now)])
  })
}
