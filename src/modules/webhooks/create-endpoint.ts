import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { invalidField } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import type { WebhookSender } from '../../ports/webhook-sender.ts'
import { firstPace } from './domain/pace.ts'
import { countEndpoints, type Endpoint, insertEndpoint } from './endpoint-repo.ts'
import { assertMayHearOf } from './policy.ts'
import { reachableUrl } from './reachable-url.ts'
import type { CreateWebhookEndpoint } from './schemas.ts'
import { newSealedSecret } from './secrets.ts'

export type EndpointDeps = { db: Db; clock: Clock; vault: Vault; webhooks: Pick<WebhookSender, 'refusalOf'> }

/** Endpoints are few and each costs a request an event; two requests at the same moment may make an eleventh. */
const maxEndpoints = 10

/** Adds an endpoint of the actor's organisation. The secret is in the answer and nowhere else. @throws VALIDATION_FAILED. */
export async function createEndpoint(
  deps: EndpointDeps,
  actor: Principal,
  input: CreateWebhookEndpoint,
): Promise<{ endpoint: Endpoint; secret: string }> {
  const { orgId, userId } = actor
  assertMayHearOf(actor, input.eventTypes)
  if ((await countEndpoints(deps.db, orgId)) >= maxEndpoints) {
    throw invalidField('#/url', 'too_many_endpoints', `an organisation has at most ${maxEndpoints} webhook endpoints`)
  }
  const url = await reachableUrl(deps.webhooks, input.url)
  const at = deps.clock.now()
  const id = newId('webhookEndpoint')
  const { secret, sealed } = newSealedSecret(deps.vault, id)
  const endpoint: Endpoint = {
    ...{ id, orgId, url, description: input.description ?? null, eventTypes: input.eventTypes },
    ...{ isEnabled: true, disabledReason: null, disabledAt: null },
    ...{ secret: sealed, previousSecret: null, previousSecretUntil: null },
    ...{ ...firstPace, version: 1, createdAt: at, updatedAt: at },
  }
  await withTx(deps.db, async (tx) => {
    await insertEndpoint(tx, endpoint)
    const facts = { eventTypes: input.eventTypes }
    await appendAudit(tx, { orgId, userId, action: 'webhook_endpoint.created', objectId: id, facts, at })
  })
  return { endpoint, secret }
}
