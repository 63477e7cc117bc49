import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { appendEvents } from '../../outbox/append.ts'
import { sessionReuseDetected } from './events.ts'
import { issueTokens, type Tokens } from './new-session.ts'
import { mayAct } from './principal-of.ts'
import {
  findSessionOfRefreshToken,
  insertRefreshToken,
  lockSession,
  revokeSessionRow,
  updateSession,
  useRefreshToken,
} from './session-repo.ts'
import { hashToken } from './tokens.ts'
import { getAccount } from './user-repo.ts'

/** Reuse is a value: thrown inside the transaction, it would take the revocation back. */
type Outcome = { tokens: Tokens } | 'reused'

/**
 * Exchanges a refresh token, good for once, for a new pair; the old access token ends. A token that comes a second time was
 * copied: the whole session is revoked and the fact announced, once, although the request is refused.
 * @throws UNAUTHENTICATED, REFRESH_TOKEN_REUSED (401).
 */
export async function refreshSession(deps: { db: Db; clock: Clock }, refreshToken: string): Promise<Tokens> {
  const now = deps.clock.now()
  const hash = hashToken(refreshToken)
  const outcome = await withTx(deps.db, async (tx): Promise<Outcome> => {
    const sessionId = await useRefreshToken(tx, hash, now)
    if (sessionId !== undefined) return rotate(tx, sessionId, now)
    const copied = await findSessionOfRefreshToken(tx, hash)
    if (copied === undefined) throw unknownToken()
    await endFamily(tx, copied, now)
    return 'reused'
  })
  if (outcome !== 'reused') return outcome.tokens
  throw new AppError('REFRESH_TOKEN_REUSED', 'The refresh token was used before. The session is ended; sign in again.')
}

/** Its refusals roll back: the token stays unused, so that asking again is no sign of a theft. */
async function rotate(tx: Tx, sessionId: Id<'session'>, now: Date): Promise<Outcome> {
  const session = await lockSession(tx, sessionId)
  if (session === undefined || session.revokedAt !== null || session.expiresAt <= now) throw unknownToken()
  if (!mayAct(await getAccount(tx, session.userId))) throw unknownToken()
  const { tokens, accessHash, refreshHash, accessExpiresAt } = issueTokens(now, session.expiresAt)
  await updateSession(tx, sessionId, { accessHash, accessExpiresAt, lastUsedAt: now })
  await insertRefreshToken(tx, sessionId, refreshHash, now)
  return { tokens }
}

async function endFamily(tx: Tx, sessionId: Id<'session'>, now: Date): Promise<void> {
  const session = await revokeSessionRow(tx, { id: sessionId }, now)
  if (session === undefined) return
  const { userId } = session
  const { user } = await getAccount(tx, userId)
  await appendAudit(tx, { orgId: user.orgId, userId, action: 'session.reuse_detected', objectId: sessionId, at: now })
  await appendEvents(tx, [sessionReuseDetected({ sessionId, userId }, now)])
}

function unknownToken(): AppError {
  return new AppError('UNAUTHENTICATED', 'The refresh token is unknown, or its session has ended.')
}
