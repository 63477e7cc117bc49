import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import type { Vault } from '../../ports/vault.ts'
import { factOf, introductionMessagePosted } from './events.ts'
import type { MessageView } from './list-messages.ts'
import { insertMessage } from './message-repo.ts'
import { takeStep } from './take-step.ts'
import { sealText } from './texts.ts'
import type { PostMessageBody } from './thread-schemas.ts'

type Input = PostMessageBody & { id: Id<'introduction'> }

/**
 * A party writes to the others, once both sides have accepted. Files stay with their owner: the message says what they are.
 * @throws NOT_FOUND, FORBIDDEN for operators, TRANSITION_NOT_ALLOWED before both have accepted and after the end.
 */
export function postMessage(
  { db, clock, vault }: { db: Db; clock: Clock; vault: Vault },
  actor: Principal,
  { id, text, attachments = [] }: Input,
): Promise<MessageView> {
  return withTx(db, async (tx) => {
    const now = clock.now()
    const { introduction, party } = await takeStep(tx, actor, { id, now })
    const messageId = newId('introductionMessage')
    const box = await sealText({ tx, vault }, id, {
      place: `message ${messageId}`,
      text: JSON.stringify({ text, attachments }),
    })
    const message = { id: messageId, introductionId: id, author: party, userId: actor.userId, box, createdAt: now }
    await insertMessage(tx, message)
    await appendEvents(tx, [
      introductionMessagePosted({ ...factOf(introduction), messageId, author: party, day: chinaDay(now) }, now),
    ])
    return { message, text, attachments }
  })
}
