import { matchApproved, reviewItemOpened } from '../../review/index.ts'
import { announceOn } from './announcement.ts'

export const matchAnnouncements = [
  announceOn(matchApproved, 'match.approved', ({ matchId, demandId, supplyId, demandOrgId, supplyOrgId }) => ({
    data: { matchId, demandId, supplyId },
    audience: { of: 'organisations', orgIds: [demandOrgId, supplyOrgId] },
  })),
  announceOn(reviewItemOpened, 'review_item.opened', ({ reviewItemId, matchId, demandId, supplyId, market }) => ({
    data: { reviewItemId, matchId, demandId, supplyId },
    audience: { of: 'reviewers', market, sides: [demandId, supplyId] },
  })),
]
