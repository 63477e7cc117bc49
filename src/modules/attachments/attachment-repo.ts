import { and, asc, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { attachments } from './table.ts'

export type Attachment = typeof attachments.$inferSelect
type AttachmentId = Id<'attachment'>

/** Inserts a file, or finds the same one: subject, organisation, tier and bytes tell. */
export async function insertOrFind(tx: Tx, attachment: Attachment): Promise<Attachment> {
  const inserted = await tx.insert(attachments).values(attachment).onConflictDoNothing().returning()
  if (inserted[0]) return inserted[0]
  const { subject, orgId, tier, sha256 } = attachment
  const [known] = await tx
    .select()
    .from(attachments)
    .where(
      and(
        eq(attachments.subject, subject),
        eq(attachments.orgId, orgId),
        eq(attachments.tier, tier),
        eq(attachments.sha256, sha256),
        isNull(attachments.removedAt),
      ),
    )
  if (known) return known
  throw notFound('attachment')
}

/** @returns whether it is still wanted: another upload of the same bytes may have given it up. */
export async function markStored(db: Db, id: AttachmentId, storedAt: Date): Promise<boolean> {
  const isWanted = and(eq(attachments.id, id), isNull(attachments.removedAt))
  const { rowCount } = await db.update(attachments).set({ storedAt }).where(isWanted)
  return rowCount === 1
}

/** A file whose bytes did not arrive counts no longer among the files of its subject; the sweep clears it away. */
export async function markGivenUp(db: Db, id: AttachmentId, removedAt: Date): Promise<void> {
  const isUnstored = and(eq(attachments.id, id), isNull(attachments.storedAt))
  await db.update(attachments).set({ removedAt }).where(isUnstored)
}

/** @throws NOT_FOUND, also for one whose bytes have not arrived or that was removed. */
export async function getAttachment(db: Db, id: AttachmentId): Promise<Attachment> {
  const [row] = await db
    .select()
    .from(attachments)
    .where(and(eq(attachments.id, id), isNotNull(attachments.storedAt), isNull(attachments.removedAt)))
  if (row) return row
  throw notFound('attachment')
}

/** In the order of arrival. */
export async function listAttachmentsOf(db: Db, subject: string): Promise<Attachment[]> {
  return db
    .select()
    .from(attachments)
    .where(and(eq(attachments.subject, subject), isNotNull(attachments.storedAt), isNull(attachments.removedAt)))
    .orderBy(asc(attachments.id))
}

export async function countAttachmentsOf(db: Db, subject: string): Promise<number> {
  return db.$count(attachments, and(eq(attachments.subject, subject), isNull(attachments.removedAt)))
}

export async function markRemoved(tx: Tx, id: AttachmentId, removedAt: Date): Promise<void> {
  await tx.update(attachments).set({ removedAt }).where(eq(attachments.id, id))
}

export async function markSubjectRemoved(tx: Tx, subject: string, removedAt: Date): Promise<void> {
  await tx
    .update(attachments)
    .set({ removedAt })
    .where(and(eq(attachments.subject, subject), isNull(attachments.removedAt)))
}

/** Gives the files of one subject to another, but for those whose bytes it has from the same owner. @returns how many. */
export async function changeSubject(tx: Tx, { from, to }: { from: string; to: string }): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    update attachments file set subject = ${to}, came_from = coalesce(file.came_from, ${from})
    where file.subject = ${from} and file.removed_at is null and file.stored_at is not null
      and not exists (select from attachments same where same.subject = ${to} and same.org_id = file.org_id
        and same.tier = file.tier and same.sha256 = file.sha256 and same.removed_at is null)`)
  return rowCount ?? 0
}

/** Files that nobody needs: removed ones, and those whose bytes never arrived. */
export async function listSuperfluous(
  db: Db,
  { unstoredBefore, limit }: { unstoredBefore: Date; limit: number },
): Promise<AttachmentId[]> {
  const neverArrived = and(isNull(attachments.storedAt), lt(attachments.createdAt, unstoredBefore))
  const rows = await db
    .select({ id: attachments.id })
    .from(attachments)
    .where(or(isNotNull(attachments.removedAt), neverArrived))
    .limit(limit)
  return rows.map(({ id }) => id)
}

export async function deleteAttachment(db: Db, id: AttachmentId): Promise<void> {
  await db.delete(attachments).where(eq(attachments.id, id))
}

/** Takes turns with others who count and add to the same subject. */
export async function lockSubject(tx: Tx, subject: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`attachments of ${subject}`}, 0))`)
}
