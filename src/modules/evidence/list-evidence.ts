import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type Evidence, listEvidenceOf } from './evidence-repo.ts'
import { readSubject } from './policy.ts'

/** Every statement, in the order it was made. @throws NOT_FOUND */
export async function listEvidence(
  { db }: { db: Db },
  actor: Principal,
  { organisationId, page }: { organisationId: Id<'organisation'>; page: PageRequest },
): Promise<PageOf<Evidence>> {
  await readSubject(db, actor, organisationId)
  return listEvidenceOf(db, organisationId, page)
}
