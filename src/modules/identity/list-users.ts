import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { getOrganisation } from './organisation-repo.ts'
import { assertAllowed, maySeeAll } from './policy.ts'
import { loadRelation } from './relation.ts'
import { listUsersOf, type User } from './user-repo.ts'

/** The users of the actor's organisation, or of one in its market tree for an operator. @throws NOT_FOUND. */
export async function listUsers(
  deps: { db: Db },
  actor: Principal,
  { organisationId, page }: { organisationId: Id<'organisation'>; page: PageRequest },
): Promise<PageOf<User>> {
  const relation = await loadRelation(deps.db, actor, await getOrganisation(deps.db, organisationId))
  assertAllowed(maySeeAll(relation), relation)
  return listUsersOf(deps.db, organisationId, page)
}
