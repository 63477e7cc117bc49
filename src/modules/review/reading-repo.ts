import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import type { ReviewItem } from './review-item-repo.ts'
import { reviewItems, reviewReadings } from './table.ts'

export type Reading = typeof reviewReadings.$inferSelect

/** What was said about the item since it was opened, in turn. */
export async function listReadings(
  db: Db,
  { id, createdAt }: Pick<ReviewItem, 'id' | 'createdAt'>,
): Promise<Reading[]> {
  return db
    .select()
    .from(reviewReadings)
    .where(and(eq(reviewReadings.reviewItemId, id), eq(reviewReadings.openedAt, createdAt)))
    .orderBy(asc(reviewReadings.turn))
}

/** The caller holds the item's row, so turns are given one at a time. */
export async function insertReading(tx: Tx, reading: Omit<Reading, 'turn'>): Promise<void> {
  const { reviewItemId } = reading
  const turn = (await tx.$count(reviewReadings, eq(reviewReadings.reviewItemId, reviewItemId))) + 1
  await tx.insert(reviewReadings).values({ ...reading, turn })
}

export type Agreement = { read: number; agreed: number }

/** How many items of the markets were read twice since, and how often both said the same. Escalations are no answer. */
export async function countAgreement(db: Db, markets: readonly string[], since: Date): Promise<Agreement> {
  const { rows } = await db.execute<Agreement>(sql`
    select count(*)::int as read, (count(*) filter (where first.answer = second.answer))::int as agreed
    from ${reviewReadings} as second
    join ${reviewReadings} as first on first.review_item_id = second.review_item_id
      and first.opened_at = second.opened_at and first.stage = 'first'
    join ${reviewItems} on ${reviewItems.id} = second.review_item_id
    where second.stage = 'second' and second.answer <> 'escalate' and first.answer <> 'escalate'
      and second.read_at >= ${since.toISOString()}::timestamptz and ${inArray(reviewItems.market, [...markets])}`)
  return rows[0] ?? { read: 0, agreed: 0 }
}
