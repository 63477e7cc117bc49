import { appendAudit } from '../../audit/append.ts'
import type { Tx } from '../../db/tx.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import type { NextStep, ReadingAnswer } from './domain/second-reading.ts'
import { reviewItemRead } from './events.ts'
import { insertReading } from './reading-repo.ts'
import type { ReviewItem } from './review-item-repo.ts'

type Recorded = {
  item: ReviewItem
  answer: ReadingAnswer
  next: NextStep
  reason: { reasonCode?: string | undefined; note?: string | undefined }
  now: Date
}

/** Keeps what a broker said about an item, whether it settled the item or not: row, audit and fact. */
export async function recordReading(
  tx: Tx,
  { userId, orgId }: Principal,
  { item, answer, next, reason, now }: Recorded,
): Promise<void> {
  const { id: reviewItemId, matchId, market, stage, createdAt: openedAt, score } = item
  const reasonCode = reason.reasonCode ?? null
  const note = reason.note ?? null
  const isFinal = next.to === 'settled'
  await insertReading(tx, { reviewItemId, openedAt, stage, userId, orgId, answer, reasonCode, note, readAt: now })
  await appendAudit(tx, {
    ...{ orgId, userId, objectId: reviewItemId, at: now },
    action: isFinal ? 'review_item.decided' : 'review_item.handed_on',
    facts: { matchId, decision: answer, reasonCode, score, stage, next: next.to },
  })
  await appendEvents(tx, [
    reviewItemRead({ reviewItemId, matchId, market, userId, orgId, stage, answer, isFinal }, now),
  ])
}
