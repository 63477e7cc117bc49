import type { Tx } from '../../db/tx.ts'
import { impossible } from '../../kernel/assert.ts'
import { appendEvents } from '../../outbox/append.ts'
import { markMatchDecided } from '../matching/index.ts'
import type { Decision } from './domain/review-item.ts'
import { matchApproved, matchRejected } from './events.ts'
import type { ReviewItem } from './review-item-repo.ts'

/** Brings the match to the broker's decision and announces it, in the transaction of the decision. */
export async function settleMatch(tx: Tx, item: ReviewItem, decision: Decision, now: Date): Promise<void> {
  const { matchId, demandId, supplyId, demandOrgId, supplyOrgId, market } = item
  const fact = { matchId, demandId, supplyId, demandOrgId, supplyOrgId, market }
  await markMatchDecided(tx, matchId, decision === 'approve' ? 'approved' : 'rejected', now)
  const event =
    decision === 'approve'
      ? matchApproved(fact, now)
      : matchRejected(
          { ...fact, reasonCode: item.reasonCode ?? impossible(`${item.id} was rejected without a reason`) },
          now,
        )
  await appendEvents(tx, [event])
}
