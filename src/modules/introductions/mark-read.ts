import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { relationOf } from './hold-introduction.ts'
import { getIntroduction } from './introduction-repo.ts'
import { findMessage, upsertReadMark } from './message-repo.ts'
import { assertParty } from './policy.ts'

type Input = { id: Id<'introduction'>; messageId: Id<'introductionMessage'> }

/** The actor has read the thread up to this message. @throws NOT_FOUND, FORBIDDEN for operators. */
export async function markRead(
  { db, clock }: { db: Db; clock: Clock },
  actor: Principal,
  { id, messageId }: Input,
): Promise<void> {
  await withTx(db, async (tx) => {
    assertParty(await relationOf(tx, actor, await getIntroduction(tx, id)))
    if (!(await findMessage(tx, { id: messageId, introductionId: id }))) throw notFound('message')
    await upsertReadMark(tx, { introductionId: id, userId: actor.userId, messageId, readAt: clock.now() })
  })
}
