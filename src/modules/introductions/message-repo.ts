import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import type { Id } from '../../kernel/ids.ts'
import { lastIdOf, type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import { introductionMessages, introductionReads } from './table.ts'

export type Message = typeof introductionMessages.$inferSelect
export type ReadMark = typeof introductionReads.$inferSelect

export async function insertMessage(tx: Tx, message: Message): Promise<void> {
  await tx.insert(introductionMessages).values(message)
}

/** Newest first: ids are UUIDv7, so their order is the order of writing. */
export async function listMessagesOf(
  db: Db,
  introductionId: Id<'introduction'>,
  page: PageRequest,
): Promise<PageOf<Message>> {
  const before = lastIdOf<'introductionMessage'>(page.after)
  const rows = await db
    .select()
    .from(introductionMessages)
    .where(and(eq(introductionMessages.introductionId, introductionId), before && lt(introductionMessages.id, before)))
    .orderBy(desc(introductionMessages.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ id }) => [id])
}

export async function findMessage(
  db: Db,
  { id, introductionId }: { id: Id<'introductionMessage'>; introductionId: Id<'introduction'> },
): Promise<Message | undefined> {
  const isIt = and(eq(introductionMessages.id, id), eq(introductionMessages.introductionId, introductionId))
  const [row] = await db.select().from(introductionMessages).where(isIt)
  return row
}

/** A mark only moves forward: an older one, sent late by another device, changes nothing. */
export async function upsertReadMark(tx: Tx, mark: ReadMark): Promise<void> {
  await tx
    .insert(introductionReads)
    .values(mark)
    .onConflictDoUpdate({
      target: [introductionReads.introductionId, introductionReads.userId],
      set: { messageId: mark.messageId, readAt: mark.readAt },
      setWhere: lt(introductionReads.messageId, sql`excluded.message_id`),
    })
}

export async function listReadMarks(db: Db, introductionId: Id<'introduction'>): Promise<ReadMark[]> {
  return db.select().from(introductionReads).where(eq(introductionReads.introductionId, introductionId))
}
