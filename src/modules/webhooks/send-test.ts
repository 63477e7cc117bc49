import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { impossible } from '../../kernel/assert.ts'
import type { Clock } from '../../kernel/clock.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { assertEnabled } from './assert-enabled.ts'
import type { Delivery } from './delivery-repo.ts'
import { testEventType } from './domain/event-types.ts'
import type { Message } from './domain/message.ts'
import { getEndpoint } from './endpoint-repo.ts'
import { planDeliveries } from './plan-deliveries.ts'

/** Sends a message of type webhook.test the way of all others, so that it proves the way. @throws NOT_FOUND, TRANSITION_NOT_ALLOWED. */
export async function sendTest(
  deps: { db: Db; clock: Clock },
  { orgId }: Principal,
  id: Id<'webhookEndpoint'>,
): Promise<Delivery> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    assertEnabled(await getEndpoint(tx, { id, orgId }))
    const message: Message = { type: testEventType, occurredAt: now, data: { webhookEndpointId: id } }
    const [delivery] = await planDeliveries(tx, { ...message, eventId: newId('event'), endpointIds: [id], now })
    return delivery ?? impossible('a new event has no delivery yet')
  })
}
