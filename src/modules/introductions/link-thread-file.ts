import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type AttachmentLinks, getAttachment } from '../attachments/index.ts'
import { relationOf } from './hold-introduction.ts'
import { getIntroduction } from './introduction-repo.ts'
import { assertParty } from './policy.ts'

type Input = { id: Id<'introduction'>; attachmentId: Id<'attachment'> }

/** A link to a file of the thread, for its parties, also after the end. @throws NOT_FOUND, FORBIDDEN for operators. */
export async function linkThreadFile(
  { db, clock, attachmentLinks }: { db: Db; clock: Clock; attachmentLinks: AttachmentLinks },
  actor: Principal,
  { id, attachmentId }: Input,
): Promise<ReturnType<AttachmentLinks['linkTo']>> {
  assertParty(await relationOf(db, actor, await getIntroduction(db, id)))
  const { subject } = await getAttachment(db, attachmentId)
  if (subject !== id) throw notFound('attachment')
  return attachmentLinks.linkTo(attachmentId, clock.now())
}
