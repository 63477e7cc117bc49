import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Viewer } from '../../kernel/principal.ts'
import { findApiKey, updateApiKeyUse } from './api-key-repo.ts'
import { accessExpiry, usageResolutionMs } from './domain/session-times.ts'
import { mayAct, principalOf } from './principal-of.ts'
import { findLiveSession, updateSession } from './session-repo.ts'
import { type ApiKeyParts, hashToken, isSameHash, parseApiKey } from './tokens.ts'
import { viewerCache } from './viewer-cache.ts'

type Found = { viewer: Viewer; endsAt: Date | null }

/**
 * Who a bearer token belongs to: a session's access token or an API key. Ended sessions, revoked keys, disabled users and
 * suspended organisations are nobody within a second. Using a session keeps it alive.
 */
export function authenticate(deps: { db: Db; clock: Clock }): (token: string) => Promise<Viewer | undefined> {
  const cache = viewerCache()
  return async (token) => {
    const now = deps.clock.now()
    const nowMs = now.getTime()
    const hash = hashToken(token)
    const key = hash.toString('base64')
    const cached = cache.get(key, nowMs)
    if (cached) return cached
    const apiKey = parseApiKey(token)
    const found = apiKey ? await viewerOfApiKey(deps.db, apiKey, now) : await viewerOfSession(deps.db, hash, now)
    if (found) cache.set(key, found.viewer, { nowMs, endsAtMs: found.endsAt?.getTime() ?? Number.POSITIVE_INFINITY })
    return found?.viewer
  }
}

async function viewerOfSession(db: Db, accessHash: Buffer, now: Date): Promise<Found | undefined> {
  const found = await findLiveSession(db, accessHash, now)
  if (found === undefined || !mayAct(found)) return undefined
  const { session } = found
  if (isDueForNote(session.lastUsedAt, now)) {
    const accessExpiresAt = accessExpiry(now, session.expiresAt)
    await updateSession(db, session.id, { lastUsedAt: now, accessExpiresAt })
  }
  return { viewer: { ...principalOf(found), sessionId: session.id }, endsAt: session.accessExpiresAt }
}

async function viewerOfApiKey(db: Db, { id, secret }: ApiKeyParts, now: Date): Promise<Found | undefined> {
  const found = await findApiKey(db, id)
  if (found === undefined || !isSameHash(hashToken(secret), found.key.secretHash) || !mayAct(found)) return undefined
  const { key } = found
  if (key.expiresAt !== null && key.expiresAt <= now) return undefined
  if (isDueForNote(key.lastUsedAt, now)) await updateApiKeyUse(db, id, now)
  return { viewer: { ...principalOf(found), scopes: key.scopes, apiKeyId: id }, endsAt: key.expiresAt }
}

function isDueForNote(lastUsedAt: Date | null, now: Date): boolean {
  return lastUsedAt === null || now.getTime() - lastUsedAt.getTime() >= usageResolutionMs
}
