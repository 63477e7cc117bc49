import type { Db } from '../../db/client.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { getOrganisation } from './organisation-repo.ts'
import { maySeeAll } from './policy.ts'
import { listQualificationsOf, type Qualification } from './qualification-repo.ts'
import { loadRelation } from './relation.ts'

export type QualificationPage = { page: PageOf<Qualification>; isFull: boolean }

/** All qualifications for the organisation and its operator; for others those that are verified and valid today. */
export async function listQualifications(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { organisationId, page }: { organisationId: Id<'organisation'>; page: PageRequest },
): Promise<QualificationPage> {
  const relation = await loadRelation(deps.db, actor, await getOrganisation(deps.db, organisationId))
  const isFull = maySeeAll(relation)
  const publicOn = isFull ? undefined : chinaDay(deps.clock.now())
  return { page: await listQualificationsOf(deps.db, { orgId: organisationId, publicOn }, page), isFull }
}
