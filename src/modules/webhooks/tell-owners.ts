import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import { listUserIdsOfOrganisation } from '../identity/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { findEndpoint } from './endpoint-repo.ts'

type Disabled = { eventId: Id<'event'>; endpointId: Id<'webhookEndpoint'>; orgId: Id<'organisation'> }

/** Tells those who may enable the endpoint again, once for each time that it was switched off. */
export async function tellOwners(
  deps: { db: Db; clock: Clock },
  { eventId, endpointId, orgId }: Disabled,
): Promise<undefined> {
  const endpoint = await findEndpoint(deps.db, { id: endpointId, orgId })
  if (endpoint === undefined || endpoint.isEnabled) return
  await tellUsers(deps, {
    orgId,
    userIds: await listUserIdsOfOrganisation(deps.db, orgId, ['owner', 'operator']),
    kind: 'webhook.disabled',
    subjectId: `${endpointId}@${eventId}`,
    params: { webhookEndpointId: endpointId, webhookHost: new URL(endpoint.url).host },
  })
}
