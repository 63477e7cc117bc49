import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { Notice } from './domain/notice.ts'
import { notifications } from './table.ts'

export type Notification = typeof notifications.$inferSelect

/** Tells each user once; who has been told of the same subject is left alone. */
export async function insertNotifications(
  db: Db,
  notice: Notice & { createdAt: Date },
  userIds: readonly Id<'user'>[],
): Promise<void> {
  if (userIds.length === 0) return
  await db
    .insert(notifications)
    .values(userIds.map((userId) => ({ id: newId('notification'), userId, ...notice })))
    .onConflictDoNothing({ target: [notifications.userId, notifications.subjectId, notifications.kind] })
}

/** Newest first: ids are UUIDv7, so their order is the order of creation. */
export async function listNotifications(
  db: Db,
  { userId, isUnread }: { userId: Id<'user'>; isUnread: boolean },
  page: PageRequest,
): Promise<PageOf<Notification>> {
  const after = page.after?.[0] as unknown as Id<'notification'> | undefined
  const rows = await db
    .select()
    .from(notifications)
    .where(
      and(
        eq(notifications.userId, userId),
        isUnread ? isNull(notifications.readAt) : undefined,
        after && lt(notifications.id, after),
      ),
    )
    .orderBy(desc(notifications.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ id }) => [id])
}

export function countUnread(db: Db, userId: Id<'user'>): Promise<number> {
  return db.$count(notifications, and(eq(notifications.userId, userId), isNull(notifications.readAt)))
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
    .where(and(eq(notifications.id, id), eq(notifications.userId, userId)))
    .returning()
  if (row) return row
  throw notFound('notification')
}

/** Marks all unread ones of the user; returns how many. */
export async function updateAllToRead(db: Db, userId: Id<'user'>, readAt: Date): Promise<number> {
  const { rowCount } = await db
    .update(notifications)
    .set({ readAt })
    .where(and(eq(notifications.userId, userId), isNull(notifications.readAt)))
  return rowCount ?? 0
}
