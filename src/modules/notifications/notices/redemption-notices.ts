import type { z } from 'zod'
import type { Db } from '../../../db/client.ts'
import { listOperatorsOfMarkets } from '../../identity/index.ts'
import { marketAncestors } from '../../markets/index.ts'
import { findRedemption, getVersion, redemptionStateChanged, redemptionStateNames } from '../../policies/index.ts'
import type { Notice } from '../domain/notice.ts'
import { noticesOn } from './rule.ts'

export const redemptionNotices = [noticesOn(redemptionStateChanged, { notices: noticesOfRedemption })]

type Fact = z.output<typeof redemptionStateChanged.schema>

/** The desk hears of a claim, the claimant of each decision; a state that was followed by another is told by that one. */
async function noticesOfRedemption(db: Db, { redemptionId, version }: Fact): Promise<Notice[]> {
  const redemption = await findRedemption(db, redemptionId)
  if (redemption?.version !== version) return []
  const { policyId, policyVersion, orgId, market, state } = redemption
  const { title: policyTitle } = await getVersion(db, policyId, policyVersion)
  const subjectId = `${redemptionId}@${version}`
  if (state !== 'claimed') {
    const params = { policyTitle, redemptionState: redemptionStateNames[state] }
    return [{ orgId, kind: 'redemption.decided', subjectId, params }]
  }
  const desk = await listOperatorsOfMarkets(db, await marketAncestors(db, market))
  return desk.map((operator) => ({
    ...{ orgId: operator.orgId, userIds: [operator.userId], kind: 'redemption.claimed' as const },
    ...{ subjectId, params: { policyTitle } },
  }))
}
