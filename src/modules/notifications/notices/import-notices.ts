import type { Db } from '../../../db/client.ts'
import type { Id } from '../../../kernel/ids.ts'
import { getImport, importEnded } from '../../imports/index.ts'
import type { Notice } from '../domain/notice.ts'
import { listRecipients } from '../recipient-view.ts'
import { noticesOn } from './rule.ts'

export const importNotices = [noticesOn(importEnded, { notices: noticesOfEnd })]

/** The user who sent the file; who cancelled an import knows that it has ended. */
async function noticesOfEnd(
  db: Db,
  { importId, userId }: { importId: Id<'import'>; userId: Id<'user'> },
): Promise<Notice[]> {
  const [user] = await listRecipients(db, [userId])
  if (user === undefined) return []
  const { orgId } = user
  const { state, processedRows: rowCount, failedRows: refusedCount } = await getImport(db, { id: importId, orgId })
  const told = { orgId, userIds: [userId], subjectId: importId }
  if (state === 'failed') return [{ ...told, kind: 'import.failed', params: { importId } }]
  if (state !== 'finished') return []
  const params = { importId, rowCount, refusedCount, acceptedCount: rowCount - refusedCount }
  return [{ ...told, kind: 'import.finished', params }]
}
