import { and, desc, eq, gt, inArray, lt, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { lastIdOf, type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import { leaseMinutes } from './domain/lease.ts'
import type { ReviewState } from './domain/review-item.ts'
import { reviewItems } from './table.ts'

export type ReviewItem = typeof reviewItems.$inferSelect

/** @throws NOT_FOUND */
export async function getItem(db: Db, id: Id<'reviewItem'>): Promise<ReviewItem> {
  const [row] = await db.select().from(reviewItems).where(eq(reviewItems.id, id))
  if (row) return row
  throw notFound('review item')
}

/** Holds the row until the transaction ends, and tells the database's time, by which leases are measured. */
export async function lockItem(tx: Tx, id: Id<'reviewItem'>): Promise<{ item: ReviewItem; databaseNow: Date }> {
  const [row] = await tx
    .select({ item: reviewItems, databaseNow: sql<Date>`clock_timestamp()`.mapWith(reviewItems.createdAt) })
    .from(reviewItems)
    .where(eq(reviewItems.id, id))
    .for('update')
  if (row) return row
  throw notFound('review item')
}

type Changes = Partial<Omit<ReviewItem, 'id' | 'version'>>

/** Writes only under the lease: the token fences off whoever held the item before. Undefined when the lease has ended. */
export async function updateLeasedItem(
  tx: Tx,
  { id, leaseToken }: { id: Id<'reviewItem'>; leaseToken: string },
  changes: Changes,
): Promise<ReviewItem | undefined> {
  const [row] = await tx
    .update(reviewItems)
    .set({ ...changes, version: sql`${reviewItems.version} + 1` })
    .where(
      and(
        eq(reviewItems.id, id),
        eq(reviewItems.leaseToken, leaseToken),
        gt(reviewItems.leaseUntil, sql`clock_timestamp()`),
      ),
    )
    .returning()
  return row
}

/** Starts the lease's time anew; undefined when it has ended. */
export async function extendLeasedItem(
  tx: Tx,
  { id, leaseToken }: { id: Id<'reviewItem'>; leaseToken: string },
): Promise<Date | undefined> {
  const [row] = await tx
    .update(reviewItems)
    .set({ leaseUntil: leaseEnd })
    .where(
      and(
        eq(reviewItems.id, id),
        eq(reviewItems.leaseToken, leaseToken),
        gt(reviewItems.leaseUntil, sql`clock_timestamp()`),
      ),
    )
    .returning({ leaseUntil: reviewItems.leaseUntil })
  return row?.leaseUntil ?? undefined
}

/** When a lease taken now ends. */
export const leaseEnd = sql`clock_timestamp() + make_interval(mins => ${leaseMinutes})`

export type ItemFilter = {
  markets: readonly string[]
  state?: ReviewState | undefined
  /** Items that this user holds now or has decided. */
  userId?: Id<'user'> | undefined
}

/** Newest first: ids are UUIDv7, so the primary key's order is the order of creation. */
export async function listItems(db: Db, filter: ItemFilter, page: PageRequest): Promise<PageOf<ReviewItem>> {
  const { markets, state, userId } = filter
  const held = userId && and(eq(reviewItems.leaseOwner, userId), gt(reviewItems.leaseUntil, sql`clock_timestamp()`))
  const after = lastIdOf<'reviewItem'>(page.after)
  const rows = await db
    .select()
    .from(reviewItems)
    .where(
      and(
        inArray(reviewItems.market, [...markets]),
        state && eq(reviewItems.state, state),
        userId && or(held, eq(reviewItems.decidedBy, userId)),
        after && lt(reviewItems.id, after),
      ),
    )
    .orderBy(desc(reviewItems.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ id }) => [id])
}
