import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { getOrganisation, type Organisation } from './organisation-repo.ts'
import { maySeeAll } from './policy.ts'
import { loadRelation } from './relation.ts'

export type OrganisationView = { organisation: Organisation; isFull: boolean }

/** An organisation as the actor may see it. @throws NOT_FOUND. */
export async function readOrganisation(
  deps: { db: Db },
  actor: Principal,
  id: Id<'organisation'>,
): Promise<OrganisationView> {
  const organisation = await getOrganisation(deps.db, id)
  return { organisation, isFull: maySeeAll(await loadRelation(deps.db, actor, organisation)) }
}
