import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type Acceptance, listAcceptances } from './acceptance-repo.ts'
import { getLicence } from './licence-repo.ts'

/** The patentee sees who took the licence; everybody else its own acceptance alone. */
export async function readAcceptances(
  deps: { db: Db },
  actor: Principal,
  { id, page }: { id: Id<'openLicence'>; page: PageRequest },
): Promise<PageOf<Acceptance>> {
  const licence = await getLicence(deps.db, id)
  const orgId = licence.orgId === actor.orgId ? undefined : actor.orgId
  return listAcceptances(deps.db, { licenceId: id, orgId }, page)
}
