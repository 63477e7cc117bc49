import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { type Id, uuidToId } from '../../kernel/ids.ts'
import type { Numbering } from '../../sequencer/index.ts'
import type { Notification } from './notification-repo.ts'
import { notifications } from './table.ts'

/** Numbers the oldest notifications that have none. @returns whose they are, one entry for each. */
export async function numberNotifications(tx: Tx, { last, limit }: Numbering): Promise<Id<'user'>[]> {
  const { rows } = await tx.execute<{ user_id: string }>(sql`
    update notifications
    set seq = ${last}::bigint + batch.n
    from (
      select id, row_number() over (order by id) as n
      from (select id from notifications where seq is null and in_app order by id limit ${limit}) as open
    ) as batch
    where notifications.id = batch.id
    returning notifications.user_id`)
  return rows.map(({ user_id }) => uuidToId('user', user_id))
}

export type NumberedNotification = Notification & { seq: number }

/** The user's notifications after a number, ascending. */
export async function listNotificationsAfter(
  db: Db,
  userId: Id<'user'>,
  { after, limit }: { after: number; limit: number },
): Promise<NumberedNotification[]> {
  const rows = await db
    .select()
    .from(notifications)
    .where(and(eq(notifications.userId, userId), gt(notifications.seq, after)))
    .orderBy(asc(notifications.seq))
    .limit(limit)
  return rows.flatMap((row) => (row.seq === null ? [] : [{ ...row, seq: row.seq }]))
}
