import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { assertEnabled } from './assert-enabled.ts'
import { callLine } from './call-line.ts'
import { findDelivery, type ReplayRange, reopenDeliveries } from './delivery-repo.ts'
import { getEndpoint } from './endpoint-repo.ts'

type Input = { endpointId: Id<'webhookEndpoint'>; range: ReplayRange }

/** One call opens this many; a longer range is replayed by calling again. */
export const maxReplays = 1_000

/**
 * Sends settled deliveries once more, with ten attempts each and under the same webhook-id, so that a receiver that knows
 * them can tell. One that is still on its way is left alone. @throws NOT_FOUND, TRANSITION_NOT_ALLOWED.
 */
export async function replayDeliveries(
  deps: { db: Db; clock: Clock },
  { orgId, userId }: Principal,
  { endpointId, range }: Input,
): Promise<{ replayed: number }> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    assertEnabled(await getEndpoint(tx, { id: endpointId, orgId }))
    if ('deliveryId' in range) await assertBelongs(tx, range.deliveryId, endpointId)
    const replayed = await reopenDeliveries(tx, endpointId, { range, now, limit: maxReplays })
    await callLine(tx, endpointId, { now })
    const entry = { orgId, userId, objectId: endpointId, facts: { deliveries: replayed }, at: now }
    await appendAudit(tx, { ...entry, action: 'webhook_endpoint.replayed' })
    return { replayed }
  })
}

async function assertBelongs(db: Db, id: Id<'webhookDelivery'>, endpointId: Id<'webhookEndpoint'>): Promise<void> {
  if ((await findDelivery(db, id))?.endpointId !== endpointId) throw notFound('webhook delivery')
}
