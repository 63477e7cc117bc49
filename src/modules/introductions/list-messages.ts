import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import { relationOf } from './hold-introduction.ts'
import { getIntroduction } from './introduction-repo.ts'
import { listMessagesOf, listReadMarks, type Message, type ReadMark } from './message-repo.ts'
import { assertParty } from './policy.ts'
import { textOpener } from './texts.ts'
import type { MessageAttachment } from './thread-schemas.ts'

export type MessageView = { message: Message; text: string; attachments: readonly MessageAttachment[] }
type Input = { id: Id<'introduction'>; page: PageRequest }

/** The thread, newest first, for the parties alone, also after the end. @throws NOT_FOUND, FORBIDDEN for operators. */
export async function listMessages(
  deps: { db: Db; vault: Vault },
  actor: Principal,
  { id, page }: Input,
): Promise<{ page: PageOf<MessageView>; readMarks: ReadMark[] }> {
  assertParty(await relationOf(deps.db, actor, await getIntroduction(deps.db, id)))
  const { items, next } = await listMessagesOf(deps.db, id, page)
  const open = await textOpener(deps, id)
  const views = items.map((message) => ({
    message,
    ...(JSON.parse(open(`message ${message.id}`, message.box)) as Omit<MessageView, 'message'>),
  }))
  return { page: { items: views, ...(next && { next }) }, readMarks: await listReadMarks(deps.db, id) }
}
