import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { getAttachment, markRemoved } from './attachment-repo.ts'

/**
 * Takes a file back: its links stop working at once, its bytes go with the next sweep. What was sent in a thread stays, as
 * the words do. @throws NOT_FOUND for everybody but the organisation whose it is.
 */
export async function removeAttachment(
  { db, clock }: { db: Db; clock: Clock },
  actor: Principal,
  { id }: { id: Id<'attachment'> },
): Promise<void> {
  await withTx(db, async (tx) => {
    const { orgId, tier } = await getAttachment(tx, id)
    if (orgId !== actor.orgId || tier === 'thread') throw notFound('attachment')
    await markRemoved(tx, id, clock.now())
  })
}
