import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { invalidField, notFound } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import type { ChangePassword } from './auth-schemas.ts'
import { checkPassword } from './check-password.ts'
import { accessEnded, passwordChanged } from './events.ts'
import { deleteLoginAttempts } from './login-attempt-repo.ts'
import { assertPasswordAllowed, hashPassword } from './passwords.ts'
import { assertInPerson } from './policy.ts'
import { revokeOtherSessions } from './session-repo.ts'
import { hashToken } from './tokens.ts'
import { getAccount, updatePasswordHash } from './user-repo.ts'

/**
 * Changes the actor's own password and ends all its other sessions. Wrong guesses at the present password count like failed
 * sign-ins, so that a stolen session is no way around the delay. @throws VALIDATION_FAILED, RATE_LIMITED, FORBIDDEN.
 */
export async function changePassword(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  input: ChangePassword,
): Promise<void> {
  assertInPerson(actor)
  const { db } = deps
  const now = deps.clock.now()
  const { sessionId: keep } = actor
  if (keep === undefined) throw notFound('session')
  const { user } = await getAccount(db, actor.userId)
  const { email, passwordHash } = user
  if (!(await checkPassword(db, { email, password: input.currentPassword, passwordHash, now }))) {
    throw invalidField('#/currentPassword', 'wrong_password', 'is not your present password')
  }
  assertPasswordAllowed(input.newPassword, email, '#/newPassword')
  const newHash = await hashPassword(input.newPassword)
  await withTx(db, async (tx) => {
    await updatePasswordHash(tx, user.id, newHash, now)
    await deleteLoginAttempts(tx, hashToken(email))
    const revokedSessions = await revokeOtherSessions(tx, { userId: user.id, keep }, now)
    const by = { orgId: actor.orgId, userId: actor.userId, at: now }
    await appendAudit(tx, { ...by, action: 'user.password_changed', objectId: user.id, facts: { revokedSessions } })
    const changed = passwordChanged({ userId: user.id, changedAt: now.toISOString() }, now)
    await appendEvents(tx, [changed, accessEnded({ userId: user.id }, now)])
  })
}
