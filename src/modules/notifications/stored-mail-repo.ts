import { desc, eq, lt, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { lastIdOf, type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import { storedMails } from './table.ts'

export type StoredMail = typeof storedMails.$inferSelect

/** Newest first. */
export async function listStoredMails(db: Db, { limit, after }: PageRequest): Promise<PageOf<StoredMail>> {
  const last = lastIdOf<'storedMail'>(after)
  const rows = await db
    .select()
    .from(storedMails)
    .where(last && lt(storedMails.id, last))
    .orderBy(desc(storedMails.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ id }) => [id])
}

export async function getStoredMail(db: Db, id: Id<'storedMail'>): Promise<StoredMail> {
  const [row] = await db.select().from(storedMails).where(eq(storedMails.id, id))
  if (row) return row
  throw notFound('mail')
}

export async function deleteStoredMails(db: Db, { before, limit }: { before: Date; limit: number }): Promise<number> {
  const { rowCount } = await db.execute(sql`
    delete from stored_mails where id in (
      select id from stored_mails where created_at < ${before.toISOString()}::timestamptz order by created_at limit ${limit})`)
  return rowCount ?? 0
}
