import type { Db } from '../../db/client.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type ApiKey, listApiKeysOf } from './api-key-repo.ts'

/** The keys of the actor's organisation that were not revoked; expired ones are among them, newest first. */
export function listApiKeys(deps: { db: Db }, actor: Principal, page: PageRequest): Promise<PageOf<ApiKey>> {
  return listApiKeysOf(deps.db, actor.orgId, page)
}
