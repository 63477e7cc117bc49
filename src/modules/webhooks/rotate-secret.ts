import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import { type Endpoint, getEndpoint, updateEndpointRow } from './endpoint-repo.ts'
import { newSealedSecret, rotationMs } from './secrets.ts'

/**
 * Gives the endpoint a new secret, shown once. For 24 hours the one before signs as well, so that the receiver can change
 * over without losing a message; one before that ends at once. @throws NOT_FOUND.
 */
export async function rotateSecret(
  deps: { db: Db; clock: Clock; vault: Vault },
  { orgId, userId }: Principal,
  id: Id<'webhookEndpoint'>,
): Promise<{ endpoint: Endpoint; secret: string }> {
  const now = deps.clock.now()
  const ref = { id, orgId }
  return withTx(deps.db, async (tx) => {
    const { secret: previousSecret, version } = await getEndpoint(tx, ref)
    const { secret, sealed } = newSealedSecret(deps.vault, id)
    const previousSecretUntil = new Date(now.getTime() + rotationMs)
    const change = { secret: sealed, previousSecret, previousSecretUntil, updatedAt: now }
    const endpoint = await updateEndpointRow(tx, { ...ref, version }, change)
    if (endpoint === undefined) throw notFound('webhook endpoint')
    await appendAudit(tx, { orgId, userId, action: 'webhook_endpoint.secret_rotated', objectId: id, at: now })
    return { endpoint, secret }
  })
}
