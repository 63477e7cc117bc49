import { and, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { lastIdOf, type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { NotificationKind } from './domain/kinds.ts'
import { notifications } from './table.ts'

export type Notification = typeof notifications.$inferSelect
export type InboxFilter = { userId: Id<'user'>; isUnread: boolean; kinds?: readonly NotificationKind[] | undefined }

/** Tells each user once; who has been told of the same subject is left alone. @returns those that are new. */
export async function insertNotifications(db: Db, rows: readonly Notification[]): Promise<Notification[]> {
  if (rows.length === 0) return []
  return db
    .insert(notifications)
    .values([...rows])
    .onConflictDoNothing({ target: [notifications.userId, notifications.subjectId, notifications.kind] })
    .returning()
}

/** Newest first: ids are UUIDv7, so their order is the order of creation. */
export async function listNotifications(
  db: Db,
  { userId, isUnread, kinds }: InboxFilter,
  page: PageRequest,
): Promise<PageOf<Notification>> {
  const after = lastIdOf<'notification'>(page.after)
  const rows = await db
    .select()
    .from(notifications)
    .where(
      and(
        eq(notifications.userId, userId),
        notifications.isInApp,
        kinds && inArray(notifications.kind, [...kinds]),
        isUnread ? isNull(notifications.readAt) : undefined,
        after && lt(notifications.id, after),
      ),
    )
    .orderBy(desc(notifications.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ id }) => [id])
}

export function countUnread(db: Db, userId: Id<'user'>): Promise<number> {
  return db.$count(notifications, isUnreadOf(userId))
}

/** Marks the user's own notification; the first reading counts. @throws NOT_FOUND also for somebody else's. */
export async function updateToRead(
  db: Db,
  { id, userId }: { id: Id<'notification'>; userId: Id<'user'> },
  readAt: Date,
): Promise<Notification> {
  const [row] = await db
    .update(notifications)
    .set({ readAt: sql`coalesce(${notifications.readAt}, ${readAt.toISOString()}::timestamptz)` })
    .where(and(eq(notifications.id, id), eq(notifications.userId, userId), notifications.isInApp))
    .returning()
  if (row) return row
  throw notFound('notification')
}

/** Marks all unread ones of the user; returns how many. */
export async function updateAllToRead(db: Db, userId: Id<'user'>, readAt: Date): Promise<number> {
  const { rowCount } = await db.update(notifications).set({ readAt }).where(isUnreadOf(userId))
  return rowCount ?? 0
}

function isUnreadOf(userId: Id<'user'>) {
  return and(eq(notifications.userId, userId), notifications.isInApp, isNull(notifications.readAt))
}

/**
 * Deletes one batch of what was created before `readBefore` and is read, or created before `unreadBefore`. Ids begin with their
 * time, so the old ones are one stretch of the primary key and no further index is needed.
 * @returns how many, and the highest number that a stream knew one of them by, or 0.
 */
export async function deleteOldNotifications(
  db: Db,
  { readBefore, unreadBefore, limit }: { readBefore: Date; unreadBefore: Date; limit: number },
): Promise<{ count: number; highestSeq: number }> {
  const { rows } = await db.execute<{ count: number; highestSeq: number }>(sql`
    with deleted as (
      delete from notifications where id in (
        select id from notifications
        where id < ${firstUuidOf(readBefore)}::uuid
          and (read_at < ${readBefore.toISOString()}::timestamptz
               or (read_at is null and id < ${firstUuidOf(unreadBefore)}::uuid))
        order by id limit ${limit})
      returning seq)
    select count(*)::int as count, coalesce(max(seq), 0) as "highestSeq" from deleted`)
  return rows[0] ?? { count: 0, highestSeq: 0 }
}

/** UUIDv7 begins with 48 bits of milliseconds. */
function firstUuidOf(instant: Date): string {
  const hex = instant.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}
