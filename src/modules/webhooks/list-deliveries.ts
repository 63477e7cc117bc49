import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type Delivery, listDeliveriesOf } from './delivery-repo.ts'
import type { DeliveryState } from './domain/delivery.ts'
import { getEndpoint } from './endpoint-repo.ts'

type Input = { endpointId: Id<'webhookEndpoint'>; state?: DeliveryState | undefined; page: PageRequest }

/** What went to an endpoint of the actor's organisation, newest first. @throws NOT_FOUND. */
export async function listDeliveries(
  deps: { db: Db },
  { orgId }: Principal,
  { endpointId, state, page }: Input,
): Promise<PageOf<Delivery>> {
  await getEndpoint(deps.db, { id: endpointId, orgId })
  return listDeliveriesOf(deps.db, { endpointId, state }, page)
}
