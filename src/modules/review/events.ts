import { z } from 'zod'
import { defineEvent } from '../../kernel/domain-event.ts'
import { idSchema } from '../../kernel/ids.ts'
import { readingAnswers, reviewStages } from './domain/second-reading.ts'

const pair = { matchId: idSchema('match'), demandId: idSchema('demand'), supplyId: idSchema('supply') }
const decidedMatch = {
  ...pair,
  demandOrgId: idSchema('organisation'),
  supplyOrgId: idSchema('organisation'),
  market: z.string(),
}

export const reviewItemOpened = defineEvent(
  'review_item.opened',
  1,
  z.object({ reviewItemId: idSchema('reviewItem'), ...pair, market: z.string() }),
)
export const matchApproved = defineEvent('match.approved', 1, z.object(decidedMatch))
export const matchRejected = defineEvent('match.rejected', 1, z.object({ ...decidedMatch, reasonCode: z.string() }))

/** A broker has said something about an item; `isFinal` when that settled the match. */
export const reviewItemRead = defineEvent(
  'review_item.read',
  1,
  z.object({
    reviewItemId: idSchema('reviewItem'),
    matchId: idSchema('match'),
    market: z.string(),
    userId: idSchema('user'),
    orgId: idSchema('organisation'),
    stage: z.enum(reviewStages),
    answer: z.enum(readingAnswers),
    isFinal: z.boolean(),
  }),
)

/** Items of a market have not been decided in time: `due` once, `late` after twice the time. */
export const reviewItemsOverdue = defineEvent(
  'review_items.overdue',
  1,
  z.object({
    market: z.string(),
    level: z.enum(['due', 'late']),
    /** Day in China: users are told once a day, market and level. */
    day: z.iso.date(),
    reviewItemIds: z.array(idSchema('reviewItem')).min(1).max(200),
  }),
)
