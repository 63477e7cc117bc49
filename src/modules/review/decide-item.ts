import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import { addDays, type Clock } from '../../kernel/clock.ts'
import { AppError, invalidField } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { findListings } from '../listings/index.ts'
import { noLease } from './domain/lease.ts'
import { maxSnoozeDays } from './domain/review-item.ts'
import { holdItem, leaseLost } from './hold-item.ts'
import { type ReviewItem, updateLeasedItem } from './review-item-repo.ts'
import type { DecideItemBody } from './schemas.ts'
import { settleMatch } from './settle-match.ts'

type Deps = { db: Db; clock: Clock }
export type DecideItem = DecideItemBody & { id: Id<'reviewItem'> }

/**
 * The broker's answer: item, match, audit row and fact in one transaction, written only while the lease holds. A snooze
 * is no decision: the item comes back by itself. @throws LEASE_LOST, ALREADY_DECIDED, CONFLICT_OF_INTEREST
 */
export function decideItem(deps: Deps, actor: Principal, input: DecideItem): Promise<ReviewItem> {
  return withTx(deps.db, async (tx) => {
    const { item, databaseNow } = await holdItem(tx, actor, input)
    const until = input.decision === 'snooze' ? snoozeEnd(input.until, databaseNow) : null
    if (input.decision === 'approve') await assertOnMarket(tx, item)
    const now = deps.clock.now()
    const after = await updateLeasedItem(tx, input, {
      ...noLease,
      ...changesOf(input, actor, now),
      snoozedUntil: until,
    })
    if (after === undefined) throw leaseLost(item.state)
    await appendAudit(tx, {
      orgId: actor.orgId,
      userId: actor.userId,
      action: input.decision === 'snooze' ? 'review_item.snoozed' : 'review_item.decided',
      objectId: item.id,
      facts: { matchId: item.matchId, decision: input.decision, reasonCode: after.reasonCode, score: item.score },
      at: now,
    })
    if (input.decision !== 'snooze') await settleMatch(tx, after, input.decision, now)
    return after
  })
}

function changesOf(input: DecideItem, actor: Principal, now: Date): Partial<ReviewItem> {
  const said = { reasonCode: input.reasonCode ?? null, note: input.note ?? null }
  if (input.decision === 'snooze') return { ...said, state: 'snoozed' }
  return { ...said, state: 'decided', decision: input.decision, decidedBy: actor.userId, decidedAt: now }
}

/** By the database's clock, because the claim that wakes the item asks that one. */
function snoozeEnd(until: string | undefined, now: Date): Date {
  const end = new Date(until ?? now)
  if (end > now && end <= addDays(now, maxSnoozeDays)) return end
  throw invalidField('#/until', 'out_of_range', `must be in the future, at most ${maxSnoozeDays} days from now`)
}

/** The job that withdraws the item of a closed listing may be a moment late. */
async function assertOnMarket(tx: Tx, { demandId, supplyId }: ReviewItem): Promise<void> {
  const listings = await findListings(tx, [demandId, supplyId])
  if (listings.length === 2 && listings.every(({ state }) => state === 'published')) return
  throw new AppError('TRANSITION_NOT_ALLOWED', 'One of the two listings has left the market.', {
    details: { allowedActions: ['reject', 'snooze'] },
  })
}
