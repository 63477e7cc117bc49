import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type Endpoint, getEndpoint } from './endpoint-repo.ts'

/** @throws NOT_FOUND for another organisation's. */
export function readEndpoint(deps: { db: Db }, { orgId }: Principal, id: Id<'webhookEndpoint'>): Promise<Endpoint> {
  return getEndpoint(deps.db, { id, orgId })
}
