import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import { addDays, type Clock } from '../../kernel/clock.ts'
import { AppError, invalidField } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { findListings } from '../listings/index.ts'
import { chooseNextStep } from './choose-next-step.ts'
import { noLease } from './domain/lease.ts'
import { maxSnoozeDays } from './domain/review-item.ts'
import type { NextStep, ReadingAnswer } from './domain/second-reading.ts'
import { holdItem, leaseLost } from './hold-item.ts'
import { recordReading } from './record-reading.ts'
import { type ReviewItem, updateLeasedItem } from './review-item-repo.ts'
import type { DecideItemBody } from './schemas.ts'
import { settleMatch } from './settle-match.ts'

type Deps = { db: Db; clock: Clock }
export type DecideItem = DecideItemBody & { id: Id<'reviewItem'> }

/**
 * The broker's answer: item, reading, match, audit row and facts in one transaction, written only while the lease holds. An
 * answer settles the match unless somebody else has to read it, too (domain/second-reading.ts). A snooze is no answer: the
 * item comes back by itself. @throws LEASE_LOST, ALREADY_DECIDED, CONFLICT_OF_INTEREST, TRANSITION_NOT_ALLOWED
 */
export function decideItem(deps: Deps, actor: Principal, input: DecideItem): Promise<ReviewItem> {
  return withTx(deps.db, async (tx) => {
    const { item, databaseNow } = await holdItem(tx, actor, input)
    const now = deps.clock.now()
    if (input.decision === 'snooze') return snoozeItem(tx, actor, { input, item, databaseNow, now })
    if (input.decision === 'approve') await assertOnMarket(tx, item)
    const { next, changes } = await chooseNextStep(tx, actor, { item, answer: input.decision, databaseNow })
    const after = await write(tx, item, input, { ...changesOf(next, input, actor, now), ...changes })
    const answer: ReadingAnswer = input.decision
    await recordReading(tx, actor, { item, answer, next, reason: input, now })
    if (next.to === 'settled') await settleMatch(tx, after, next.decision, now)
    return after
  })
}

type Snooze = { input: DecideItem; item: ReviewItem; databaseNow: Date; now: Date }

/** The due date moves by as long as the item sleeps. */
async function snoozeItem(tx: Tx, actor: Principal, { input, item, databaseNow, now }: Snooze): Promise<ReviewItem> {
  const until = snoozeEnd(input.until, databaseNow)
  const later = (date: Date) => new Date(date.getTime() + until.getTime() - databaseNow.getTime())
  const said = { reasonCode: input.reasonCode ?? null, note: input.note ?? null }
  const due = { dueAt: later(item.dueAt), lateAt: later(item.lateAt) }
  const after = await write(tx, item, input, { ...said, ...due, state: 'snoozed', snoozedUntil: until })
  await appendAudit(tx, {
    ...{ orgId: actor.orgId, userId: actor.userId, action: 'review_item.snoozed', objectId: item.id, at: now },
    facts: { matchId: item.matchId, reasonCode: after.reasonCode, score: item.score },
  })
  return after
}

/** An item that is handed on keeps nothing of what was said: the next reader is to judge for itself. */
function changesOf(next: NextStep, input: DecideItem, actor: Principal, now: Date): Partial<ReviewItem> {
  if (next.to !== 'settled') return { state: 'open', stage: next.to, reasonCode: null, note: null }
  const said = { reasonCode: input.reasonCode ?? null, note: input.note ?? null }
  return { ...said, state: 'decided', decision: next.decision, decidedBy: actor.userId, decidedAt: now }
}

async function write(tx: Tx, item: ReviewItem, input: DecideItem, changes: Partial<ReviewItem>): Promise<ReviewItem> {
  const after = await updateLeasedItem(tx, input, { snoozedUntil: null, ...noLease, ...changes })
  if (after === undefined) throw leaseLost(item.state)
  return after
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
