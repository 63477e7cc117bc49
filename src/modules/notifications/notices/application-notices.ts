import type { z } from 'zod'
import type { Db } from '../../../db/client.ts'
import { applicationStageChanged, applicationStepLate, findApplication, stageNames } from '../../applications/index.ts'
import { findListing } from '../../listings/index.ts'
import type { Notice } from '../domain/notice.ts'
import { noticesOn } from './rule.ts'

export const applicationNotices = [
  noticesOn(applicationStageChanged, { notices: noticesOfStep }),
  noticesOn(applicationStepLate, { notices: noticesOfLateStep }),
]

type Step = z.output<typeof applicationStageChanged.schema>

/** The side of an application that did not take the step itself; a step that was followed by another is told by that one. */
async function noticesOfStep(
  db: Db,
  { applicationId, applicantId, providerId, byOrgId, version }: Step,
): Promise<Notice[]> {
  const application = await findApplication(db, applicationId)
  if (application?.version !== version) return []
  const product = await findListing(db, application.productId)
  if (product === undefined) return []
  const orgId = byOrgId === applicantId ? providerId : applicantId
  const params = { applicationId, productTitle: product.content.title, stage: stageNames[application.stage] }
  return [{ orgId, kind: 'application.stage_changed', subjectId: `${applicationId}@${version}`, params }]
}

type Late = z.output<typeof applicationStepLate.schema>

/** The provider whose step is late; nobody when it has been taken meanwhile. */
async function noticesOfLateStep(db: Db, { applicationId, providerId, version }: Late): Promise<Notice[]> {
  const application = await findApplication(db, applicationId)
  if (application?.version !== version) return []
  const product = await findListing(db, application.productId)
  if (product === undefined) return []
  const params = { productTitle: product.content.title }
  return [{ orgId: providerId, kind: 'application.step_late', subjectId: `${applicationId}@${version}`, params }]
}
