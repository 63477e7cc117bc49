import { appendAudit } from '../../audit/append.ts'
import type { Tx } from '../../db/tx.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import { disclosureRestored } from './events.ts'
import { lockOwnedGrant, updateGrantToRestored } from './grant-repo.ts'

type Input = {
  id: Id<'disclosureGrant'>
  /** What the right rests on; the caller holds it and knows that it still carries. */
  ground: Id<'introduction'>
  /** The only user whom a right of a single person may serve now. */
  brokerId: Id<'user'>
  now: Date
}

/**
 * The owner gives back a right to read that it took back. It is the same grant: who signed for it need not sign again.
 * @throws NOT_FOUND for who does not own the listing, TRANSITION_NOT_ALLOWED when the owner did not take it back, or when it was
 * that of a broker who has gone.
 */
export async function restoreGrant(tx: Tx, actor: Principal, { id, ground, brokerId, now }: Input): Promise<void> {
  const found = await lockOwnedGrant(tx, { id, ground, ownerId: actor.orgId })
  if (found === undefined) throw notFound('disclosure grant')
  const { grant, listingId } = found
  if (grant.endedBy === null) throw refused('Only a right that you took back can be given back.')
  if (grant.userId !== null && grant.userId !== brokerId) throw refused('Its broker has handed the introduction over.')
  await updateGrantToRestored(tx, id, now)
  await appendAudit(tx, {
    ...{ orgId: actor.orgId, userId: actor.userId, action: 'disclosure.restored', objectId: listingId, at: now },
    facts: { grantId: id, ground },
  })
  await appendEvents(tx, [disclosureRestored({ grantId: id, listingId, at: now.toISOString() }, now)])
}

function refused(message: string): AppError {
  return new AppError('TRANSITION_NOT_ALLOWED', message)
}
