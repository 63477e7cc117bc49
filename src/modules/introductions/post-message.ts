import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { invalidField } from '../../kernel/errors.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import type { Vault } from '../../ports/vault.ts'
import { listAttachmentsOf } from '../attachments/index.ts'
import { factOf, introductionMessagePosted } from './events.ts'
import type { MessageView } from './list-messages.ts'
import { insertMessage } from './message-repo.ts'
import { takeStep } from './take-step.ts'
import { sealText } from './texts.ts'
import type { MessageAttachment, PostMessageBody } from './thread-schemas.ts'

type Input = PostMessageBody & { id: Id<'introduction'> }

/**
 * A party writes to the others, once both sides have accepted. A message names files of the thread, and says what others are
 * that go another way.
 * @throws NOT_FOUND, FORBIDDEN for operators, TRANSITION_NOT_ALLOWED before both have accepted and after the end.
 */
export function postMessage(
  { db, clock, vault }: { db: Db; clock: Clock; vault: Vault },
  actor: Principal,
  { id, text, attachments: named = [] }: Input,
): Promise<MessageView> {
  return withTx(db, async (tx) => {
    const now = clock.now()
    const { introduction, party } = await takeStep(tx, actor, { id, now })
    const attachments = await describe(tx, id, named)
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

/** Files of the thread as they are stored, the others as they are described. @throws VALIDATION_FAILED for a file of elsewhere. */
async function describe(
  tx: Tx,
  id: Id<'introduction'>,
  named: NonNullable<PostMessageBody['attachments']>,
): Promise<MessageAttachment[]> {
  const isNamed = named.some((each) => 'attachmentId' in each)
  const stored = new Map(isNamed ? (await listAttachmentsOf(tx, id)).map((file) => [file.id, file]) : [])
  return named.map((each, index) => {
    if (!('attachmentId' in each)) return each
    const file = stored.get(each.attachmentId)
    const pointer = `#/attachments/${index}/attachmentId`
    if (file === undefined) throw invalidField(pointer, 'unknown_attachment', 'is no file of this introduction')
    const { id: attachmentId, fileName: name, sizeBytes, sha256, mediaType } = file
    return { attachmentId, name, sizeBytes, sha256, mediaType }
  })
}
