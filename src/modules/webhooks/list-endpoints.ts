import type { Db } from '../../db/client.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type Endpoint, listEndpointsOf } from './endpoint-repo.ts'

/** The endpoints of the actor's organisation, newest first. */
export function listEndpoints(deps: { db: Db }, { orgId }: Principal, page: PageRequest): Promise<PageOf<Endpoint>> {
  return listEndpointsOf(deps.db, orgId, page)
}
