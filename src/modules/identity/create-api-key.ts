import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { invalidField } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { hasPermission } from '../../kernel/permissions.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import { type ApiKey, insertApiKey } from './api-key-repo.ts'
import type { CreateApiKey } from './auth-schemas.ts'
import { apiKeyCreated } from './events.ts'
import { apiKeyText, hashToken, newSecret } from './tokens.ts'

/**
 * Creates a key that acts for the actor, within the scopes and never beyond what the actor may do itself. The text of the key
 * is in the answer and nowhere else. @throws VALIDATION_FAILED.
 */
export async function createApiKey(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  input: CreateApiKey,
): Promise<{ apiKey: ApiKey; text: string }> {
  const now = deps.clock.now()
  const expiresAt = input.expiresAt === undefined ? null : new Date(input.expiresAt)
  if (expiresAt !== null && expiresAt <= now)
    throw invalidField('#/expiresAt', 'not_in_future', 'must be in the future')
  const foreign = input.scopes.findIndex((scope) => !hasPermission(actor, scope))
  if (foreign >= 0) throw invalidField(`#/scopes/${foreign}`, 'scope_not_yours', 'you do not have this permission')
  const secret = newSecret()
  const apiKey: ApiKey = {
    id: newId('apiKey'),
    orgId: actor.orgId,
    userId: actor.userId,
    name: input.name,
    secretHash: hashToken(secret),
    scopes: input.scopes,
    expiresAt,
    lastUsedAt: null,
    createdAt: now,
    revokedAt: null,
  }
  await withTx(deps.db, async (tx) => {
    await insertApiKey(tx, apiKey)
    const by = { orgId: actor.orgId, userId: actor.userId, at: now }
    await appendAudit(tx, { ...by, action: 'api_key.created', objectId: apiKey.id, facts: { scopes: input.scopes } })
    const fact = { apiKeyId: apiKey.id, userId: apiKey.userId, createdAt: now.toISOString() }
    await appendEvents(tx, [apiKeyCreated(fact, now)])
  })
  return { apiKey, text: apiKeyText(apiKey.id, secret) }
}
