import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import { appendEvents } from '../../outbox/append.ts'
import type { LogIn } from './auth-schemas.ts'
import { checkPassword } from './check-password.ts'
import { deviceHash } from './device-hash.ts'
import { sessionOpenedOnNewDevice } from './events.ts'
import { deleteLoginAttempts } from './login-attempt-repo.ts'
import { newSession, type Tokens } from './new-session.ts'
import { hashPassword, isHashOutdated } from './passwords.ts'
import { mayAct } from './principal-of.ts'
import { insertSession, isNewDevice } from './session-repo.ts'
import { hashToken } from './tokens.ts'
import { type Account, findAccountByEmail, updatePasswordHash } from './user-repo.ts'

/**
 * Signs in; of a device that the user did not have before the user is told. An unknown e-mail, a wrong password, a disabled user and a suspended organisation answer alike, in about the same
 * time. @throws INVALID_CREDENTIALS (401), RATE_LIMITED (429).
 */
export async function logIn(
  deps: { db: Db; clock: Clock },
  { email, password, userAgent }: LogIn & { userAgent: string },
): Promise<Tokens> {
  const { db } = deps
  const now = deps.clock.now()
  const account = await findAccountByEmail(db, email)
  const isRight = await checkPassword(db, { email, password, passwordHash: account?.user.passwordHash, now })
  if (account === undefined || !isRight || !mayAct(account)) {
    await recordRefusal(db, account, { isRight, now })
    throw new AppError('INVALID_CREDENTIALS', 'E-mail or password is wrong.')
  }
  const renewedHash = isHashOutdated(account.user.passwordHash) ? await hashPassword(password) : undefined
  const userId = account.user.id
  const device = { userId, deviceHash: deviceHash(userId, userAgent) }
  const { session, issued } = newSession(device, now)
  await withTx(db, async (tx) => {
    await deleteLoginAttempts(tx, hashToken(email))
    if (renewedHash !== undefined) await updatePasswordHash(tx, userId, renewedHash, now)
    if (await isNewDevice(tx, device)) {
      const opened = { sessionId: session.id, userId, openedAt: now.toISOString() }
      await appendEvents(tx, [sessionOpenedOnNewDevice(opened, now)])
    }
    await insertSession(tx, session, issued.refreshHash)
    await appendAudit(tx, { ...whoIs(account), action: 'session.created', objectId: session.id, at: now })
  })
  return issued.tokens
}

async function recordRefusal(
  db: Db,
  account: Account | undefined,
  { isRight, now }: { isRight: boolean; now: Date },
): Promise<void> {
  const reason = account === undefined ? 'unknown_account' : isRight ? 'may_not_act' : 'wrong_password'
  await appendAudit(db, { ...whoIs(account), action: 'session.refused', facts: { reason }, at: now })
}

function whoIs(account: Account | undefined) {
  return account ? { orgId: account.organisation.id, userId: account.user.id } : {}
}
