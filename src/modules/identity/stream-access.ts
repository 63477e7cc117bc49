import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { findApiKey } from './api-key-repo.ts'
import { mayAct, principalOf } from './principal-of.ts'
import { findOpenSession } from './session-repo.ts'
import { deleteStreamTicket } from './stream-ticket-repo.ts'
import { hashToken } from './tokens.ts'

/** Nudged when a session or key of the user has ended. */
export const accessTopic = (userId: Id<'user'>) => `access:${userId}`

/**
 * Who may keep a stream open: whoever could still get an access token for the session, or whose API key is still good. An open
 * stream is no use of the session and does not prolong it.
 */
export function streamAccess(deps: { db: Db; clock: Clock }) {
  const ofSession = async (id: Id<'session'>): Promise<Principal | undefined> => {
    const found = await findOpenSession(deps.db, id, deps.clock.now())
    return found && mayAct(found) ? { ...principalOf(found), sessionId: id } : undefined
  }
  const ofApiKey = async (id: Id<'apiKey'>): Promise<Principal | undefined> => {
    const found = await findApiKey(deps.db, id)
    if (found === undefined || !mayAct(found)) return undefined
    const { expiresAt, scopes } = found.key
    if (expiresAt !== null && expiresAt <= deps.clock.now()) return undefined
    return { ...principalOf(found), scopes, apiKeyId: id }
  }
  return {
    redeem: async (ticket: string, path: string) => {
      const sessionId = await deleteStreamTicket(deps.db, { hash: hashToken(ticket), path }, deps.clock.now())
      return sessionId && ofSession(sessionId)
    },
    renew: async ({ sessionId, apiKeyId }: Principal) => {
      if (sessionId !== undefined) return ofSession(sessionId)
      return apiKeyId && ofApiKey(apiKeyId)
    },
    topicOf: ({ userId }: Principal) => accessTopic(userId),
  }
}
