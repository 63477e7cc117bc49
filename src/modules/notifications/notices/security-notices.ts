import type { Db } from '../../../db/client.ts'
import type { Id } from '../../../kernel/ids.ts'
import { apiKeyCreated, passwordChanged, sessionOpenedOnNewDevice, sessionReuseDetected } from '../../identity/index.ts'
import type { Notice } from '../domain/notice.ts'
import { listRecipients } from '../recipient-view.ts'
import { noticesOn } from './rule.ts'

export const securityNotices = [
  noticesOn(sessionReuseDetected, {
    notices: (db, { sessionId, userId }) =>
      tell(db, userId, { kind: 'security.session_reused', subjectId: sessionId, params: {} }),
  }),
  noticesOn(sessionOpenedOnNewDevice, {
    notices: (db, { sessionId, userId, openedAt: happenedAt }) =>
      tell(db, userId, { kind: 'security.new_device', subjectId: sessionId, params: { happenedAt } }),
  }),
  noticesOn(apiKeyCreated, {
    notices: (db, { apiKeyId, userId, createdAt: happenedAt }) =>
      tell(db, userId, { kind: 'security.api_key_created', subjectId: apiKeyId, params: { happenedAt } }),
  }),
  noticesOn(passwordChanged, {
    notices: (db, { userId, changedAt: happenedAt }) =>
      tell(db, userId, {
        ...{ kind: 'security.password_changed', subjectId: `${userId}@${happenedAt}`, params: { happenedAt } },
      }),
  }),
]

/** The user whose account it is; nobody else in the organisation. */
async function tell(db: Db, userId: Id<'user'>, { params, ...notice }: Omit<Notice, 'orgId'>): Promise<Notice[]> {
  const [user] = await listRecipients(db, [userId])
  if (user === undefined) return []
  return [{ orgId: user.orgId, userIds: [userId], ...notice, params: { displayName: user.displayName, ...params } }]
}
