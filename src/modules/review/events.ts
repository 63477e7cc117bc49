import { z } from 'zod'
import { defineEvent } from '../../kernel/domain-event.ts'
import { idSchema } from '../../kernel/ids.ts'

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
