import { appendAudit } from '../../audit/append.ts'
import { withTx } from '../../db/tx.ts'
import { versionConflict } from '../../kernel/etag.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { callLine } from './call-line.ts'
import type { EndpointDeps } from './create-endpoint.ts'
import { firstPace } from './domain/pace.ts'
import { type Endpoint, getEndpoint, updateEndpointRow } from './endpoint-repo.ts'
import { assertMayHearOf } from './policy.ts'
import { reachableUrl } from './reachable-url.ts'
import type { UpdateWebhookEndpoint } from './schemas.ts'

type Input = { id: Id<'webhookEndpoint'>; version: number; change: UpdateWebhookEndpoint }

/**
 * Changes an endpoint of the actor's organisation; enabled again, or moved, it begins at a fresh pace. What waits for a
 * disabled one is cancelled when its turn comes. @throws NOT_FOUND, VALIDATION_FAILED, PRECONDITION_FAILED.
 */
export async function updateEndpoint(
  deps: Omit<EndpointDeps, 'vault'>,
  actor: Principal,
  { id, version, change }: Input,
): Promise<Endpoint> {
  const ref = { id, orgId: actor.orgId }
  const before = await getEndpoint(deps.db, ref)
  assertMayHearOf(actor, change.eventTypes ?? [])
  const url = change.url === undefined ? before.url : await reachableUrl(deps.webhooks, change.url)
  const now = deps.clock.now()
  const values = { ...change, url, ...switchOf(before, { ...change, url }, now), updatedAt: now }
  return withTx(deps.db, async (tx) => {
    const after = await updateEndpointRow(tx, { ...ref, version }, values)
    if (after === undefined) throw versionConflict((await getEndpoint(tx, ref)).version)
    await callLine(tx, id, { now })
    const entry = { orgId: actor.orgId, userId: actor.userId, objectId: id, at: now }
    await appendAudit(tx, { ...entry, action: 'webhook_endpoint.updated', facts: { fields: Object.keys(change) } })
    return after
  })
}

function switchOf(before: Endpoint, { isEnabled, url }: UpdateWebhookEndpoint, now: Date) {
  const pace = url !== before.url || (isEnabled === true && !before.isEnabled) ? firstPace : {}
  if (isEnabled === undefined || isEnabled === before.isEnabled) return pace
  return isEnabled
    ? { ...pace, disabledReason: null, disabledAt: null }
    : { ...pace, disabledReason: 'owner' as const, disabledAt: now }
}
