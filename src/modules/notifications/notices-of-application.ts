import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { findApplication, stageNames } from '../applications/index.ts'
import { findListing } from '../listings/index.ts'
import type { Notice } from './domain/notice.ts'

export type ApplicationMoved = { id: Id<'financeApplication'>; version: number; orgId: Id<'organisation'> }

/** The side of an application that did not take the step itself. An application that moved on is told by its next step. */
export async function noticesOfApplication(db: Db, { id, version, orgId }: ApplicationMoved): Promise<Notice[]> {
  const application = await findApplication(db, id)
  if (application?.version !== version) return []
  const product = await findListing(db, application.productId)
  if (product === undefined) return []
  const params = { productTitle: product.content.title, stage: stageNames[application.stage] }
  return [{ orgId, kind: 'application.stage_changed', subjectId: `${id}@${version}`, params }]
}
