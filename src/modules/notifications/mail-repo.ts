import { and, asc, desc, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Notification } from './notification-repo.ts'
import { bouncedAddresses, mailDeliveries, notificationMails, notifications } from './table.ts'

export type MailDelivery = typeof mailDeliveries.$inferSelect
type NotificationMail = typeof notificationMails.$inferSelect

export async function insertDeliveries(tx: Tx, deliveries: readonly MailDelivery[]): Promise<void> {
  if (deliveries.length > 0) await tx.insert(mailDeliveries).values([...deliveries])
}

/** The key of the table is the notification: a second mail for one is refused by the database. */
export async function insertNotificationMails(tx: Tx, rows: readonly NotificationMail[]): Promise<void> {
  if (rows.length > 0) await tx.insert(notificationMails).values([...rows])
}

export async function findDelivery(db: Db, id: Id<'mailDelivery'>): Promise<MailDelivery | undefined> {
  const [row] = await db.select().from(mailDeliveries).where(eq(mailDeliveries.id, id))
  return row
}

/** Takes a due mail for this worker alone until `leaseUntil`; undefined when it is not due, taken or finished. */
export async function updateToLeased(
  db: Db,
  id: Id<'mailDelivery'>,
  { now, leaseUntil }: { now: Date; leaseUntil: Date },
): Promise<MailDelivery | undefined> {
  const [row] = await db
    .update(mailDeliveries)
    .set({ leaseUntil })
    .where(and(eq(mailDeliveries.id, id), isDue(now)))
    .returning()
  return row
}

/** Ends a mail, once. */
export async function updateToFinished(
  db: Db,
  id: Id<'mailDelivery'>,
  end: { state: 'sent' | 'failed' | 'dropped'; reason: string | null; finishedAt: Date },
): Promise<void> {
  await db
    .update(mailDeliveries)
    .set({ ...end, leaseUntil: null })
    .where(and(eq(mailDeliveries.id, id), eq(mailDeliveries.state, 'pending')))
}

/** Puts a mail off. */
export async function updateToWaiting(
  db: Db,
  id: Id<'mailDelivery'>,
  change: { nextTryAt: Date; deferrals: number; reason: string | null },
): Promise<void> {
  await db
    .update(mailDeliveries)
    .set({ ...change, leaseUntil: null })
    .where(and(eq(mailDeliveries.id, id), eq(mailDeliveries.state, 'pending')))
}

/** What a mail tells, oldest first. */
export function listNotificationsOfMail(db: Db, id: Id<'mailDelivery'>): Promise<Notification[]> {
  return db
    .select()
    .from(notifications)
    .where(
      inArray(
        notifications.id,
        db
          .select({ id: notificationMails.notificationId })
          .from(notificationMails)
          .where(eq(notificationMails.deliveryId, id)),
      ),
    )
    .orderBy(asc(notifications.id))
}

/** Users with notifications that wait for the digest, by id, after the given one. */
export async function listUsersWithWaitingMail(
  db: Db,
  { after, limit }: { after: Id<'user'> | undefined; limit: number },
): Promise<Id<'user'>[]> {
  const rows = await db
    .selectDistinct({ userId: notificationMails.userId })
    .from(notificationMails)
    .where(and(isNull(notificationMails.deliveryId), after && gt(notificationMails.userId, after)))
    .orderBy(asc(notificationMails.userId))
    .limit(limit)
  return rows.map(({ userId }) => userId)
}

export async function findLastDigest(db: Db, userId: Id<'user'>): Promise<MailDelivery | undefined> {
  const [row] = await db
    .select()
    .from(mailDeliveries)
    .where(and(eq(mailDeliveries.userId, userId), eq(mailDeliveries.form, 'digest')))
    .orderBy(desc(mailDeliveries.plannedFor))
    .limit(1)
  return row
}

/** Puts all that waits into the digest; returns how many notifications that were. */
export async function updateWaitingInto(tx: Tx, userId: Id<'user'>, deliveryId: Id<'mailDelivery'>): Promise<number> {
  const { rowCount } = await tx
    .update(notificationMails)
    .set({ deliveryId })
    .where(and(eq(notificationMails.userId, userId), isNull(notificationMails.deliveryId)))
  return rowCount ?? 0
}

/** Pending mails whose time came before `before` and that nobody holds: their jobs were lost. */
export async function listOverdue(
  db: Db,
  { before, now, limit }: { before: Date; now: Date; limit: number },
): Promise<Id<'mailDelivery'>[]> {
  const rows = await db
    .select({ id: mailDeliveries.id })
    .from(mailDeliveries)
    .where(and(lt(mailDeliveries.nextTryAt, before), isDue(now)))
    .orderBy(asc(mailDeliveries.nextTryAt))
    .limit(limit)
  return rows.map(({ id }) => id)
}

function isDue(now: Date) {
  return and(
    eq(mailDeliveries.state, 'pending'),
    sql`${mailDeliveries.nextTryAt} <= ${now.toISOString()}::timestamptz`,
    or(isNull(mailDeliveries.leaseUntil), sql`${mailDeliveries.leaseUntil} <= ${now.toISOString()}::timestamptz`),
  )
}

export async function upsertBounce(db: Db, bounce: typeof bouncedAddresses.$inferInsert): Promise<void> {
  const { reason, bouncedAt } = bounce
  await db
    .insert(bouncedAddresses)
    .values(bounce)
    .onConflictDoUpdate({ target: bouncedAddresses.email, set: { reason, bouncedAt } })
}

export async function deleteBounce(db: Db, email: string): Promise<void> {
  await db.delete(bouncedAddresses).where(eq(bouncedAddresses.email, email))
}

/** Deletes mails that ended before, at most `limit`; what they told is not touched. */
export async function deleteFinishedMails(db: Db, { before, limit }: { before: Date; limit: number }): Promise<number> {
  const { rowCount } = await db.execute(sql`
    delete from mail_deliveries where id in (
      select id from mail_deliveries where finished_at < ${before.toISOString()}::timestamptz order by finished_at limit ${limit})`)
  return rowCount ?? 0
}
