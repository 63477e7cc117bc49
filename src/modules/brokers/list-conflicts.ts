import type { Db } from '../../db/client.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { findOrganisations } from '../identity/index.ts'
import { type Conflict, listConflictsOf } from './conflict-repo.ts'

/** What the broker has declared; nobody else reads it. */
export async function listConflicts(
  deps: { db: Db },
  actor: Principal,
  page: PageRequest,
): Promise<PageOf<{ conflict: Conflict; organisationName: string }>> {
  const { items, ...rest } = await listConflictsOf(deps.db, actor.userId, page)
  const names = await findOrganisations(
    deps.db,
    items.map(({ organisationId }) => organisationId),
  )
  const named = items.map((conflict) => ({
    conflict,
    organisationName: names.get(conflict.organisationId)?.name ?? '',
  }))
  return { ...rest, items: named }
}
