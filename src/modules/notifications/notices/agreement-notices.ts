import type { z } from 'zod'
import type { Db } from '../../../db/client.ts'
import { agreementStateChanged, agreementStateNames, findAgreement } from '../../framework-agreements/index.ts'
import { getOrganisation } from '../../identity/index.ts'
import type { Notice } from '../domain/notice.ts'
import { noticesOn } from './rule.ts'

export const agreementNotices = [noticesOn(agreementStateChanged, { notices: noticesOfAgreement })]

type Fact = z.output<typeof agreementStateChanged.schema>

/** The side that did not act itself; a state that was followed by another is told by that one. */
async function noticesOfAgreement(db: Db, { agreementId, byOrgId, state }: Fact): Promise<Notice[]> {
  const agreement = await findAgreement(db, agreementId)
  if (agreement?.state !== state) return []
  const { providerId, enterpriseId } = agreement
  const orgId = byOrgId === providerId ? enterpriseId : providerId
  const { name: organisationName } = await getOrganisation(db, byOrgId)
  const params = { organisationName, agreementState: agreementStateNames[state] }
  return [{ orgId, kind: 'agreement.state_changed', subjectId: `${agreementId}@${state}`, params }]
}
