import { newId } from '../../kernel/ids.ts'
import { accessExpiry, accessLifetimeMs, sessionLifetimeMs } from './domain/session-times.ts'
import type { Session } from './session-repo.ts'
import { hashToken, newToken } from './tokens.ts'

/** The two tokens as their holder gets them; the database has only their hashes. */
export type Tokens = { accessToken: string; refreshToken: string; expiresIn: number; refreshExpiresIn: number }

export type IssuedTokens = { tokens: Tokens; accessHash: Buffer; refreshHash: Buffer; accessExpiresAt: Date }

/** A new pair of tokens for a session that ends at the given time. */
export function issueTokens(now: Date, sessionExpiresAt: Date): IssuedTokens {
  const accessToken = newToken('access')
  const refreshToken = newToken('refresh')
  const refreshExpiresIn = Math.floor((sessionExpiresAt.getTime() - now.getTime()) / 1000)
  const expiresIn = Math.min(accessLifetimeMs / 1000, refreshExpiresIn)
  return {
    tokens: { accessToken, refreshToken, expiresIn, refreshExpiresIn },
    accessHash: hashToken(accessToken),
    refreshHash: hashToken(refreshToken),
    accessExpiresAt: accessExpiry(now, sessionExpiresAt),
  }
}

export function newSession(
  { userId, deviceHash }: Pick<Session, 'userId' | 'deviceHash'>,
  now: Date,
): { session: Session; issued: IssuedTokens } {
  const expiresAt = new Date(now.getTime() + sessionLifetimeMs)
  const issued = issueTokens(now, expiresAt)
  const { accessHash, accessExpiresAt } = issued
  const times = { accessExpiresAt, expiresAt, lastUsedAt: now, createdAt: now, revokedAt: null }
  return { session: { id: newId('session'), userId, deviceHash, accessHash, ...times }, issued }
}
