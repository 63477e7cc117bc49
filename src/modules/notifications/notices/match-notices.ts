import type { Db } from '../../../db/client.ts'
import type { Id } from '../../../kernel/ids.ts'
import { findListing } from '../../listings/index.ts'
import { getMatch } from '../../matching/index.ts'
import { matchApproved } from '../../review/index.ts'
import type { Notice } from '../domain/notice.ts'
import { noticesOn } from './rule.ts'

export const matchNotices = [noticesOn(matchApproved, { notices: noticesOfApprovedMatch })]

/** Both sides of an approved match, while both are on the market. */
async function noticesOfApprovedMatch(db: Db, { matchId }: { matchId: Id<'match'> }): Promise<Notice[]> {
  const { demandId, supplyId, state } = await getMatch(db, matchId)
  const demand = await findListing(db, demandId)
  const supply = await findListing(db, supplyId)
  if (state !== 'approved' || demand?.state !== 'published' || supply?.state !== 'published') return []
  const params = {
    ...{ matchId, demandId, supplyId },
    demandTitle: demand.content.title,
    supplyTitle: supply.content.title,
  }
  return [
    { orgId: demand.orgId, kind: 'match.approved.demand', subjectId: matchId, params },
    { orgId: supply.orgId, kind: 'match.approved.supply', subjectId: matchId, params },
  ]
}
