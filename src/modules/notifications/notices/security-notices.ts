import type { Db } from '../../../db/client.ts'
import type { Id } from '../../../kernel/ids.ts'
import { sessionReuseDetected } from '../../identity/index.ts'
import type { Notice } from '../domain/notice.ts'
import { listRecipients } from '../recipient-view.ts'
import { noticesOn } from './rule.ts'

export const securityNotices = [noticesOn(sessionReuseDetected, { notices: noticesOfSessionReuse })]

/** The user whose session was ended because a used token came back; nobody else in the organisation. */
async function noticesOfSessionReuse(
  db: Db,
  { sessionId, userId }: { sessionId: Id<'session'>; userId: Id<'user'> },
): Promise<Notice[]> {
  const [user] = await listRecipients(db, [userId])
  if (user === undefined) return []
  const params = { displayName: user.displayName }
  return [{ orgId: user.orgId, userIds: [userId], kind: 'security.session_reused', subjectId: sessionId, params }]
}
