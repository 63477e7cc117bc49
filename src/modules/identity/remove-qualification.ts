import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import { organisationQualificationsChanged } from './events.ts'
import { getOrganisation } from './organisation-repo.ts'
import { assertAllowed } from './policy.ts'
import { deleteQualification } from './qualification-repo.ts'
import { loadRelation } from './relation.ts'

type Input = { organisationId: Id<'organisation'>; qualificationId: Id<'qualification'> }

/** Takes a qualification off the own organisation's list. @throws NOT_FOUND, FORBIDDEN. */
export async function removeQualification(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { organisationId, qualificationId }: Input,
): Promise<void> {
  const now = deps.clock.now()
  await withTx(deps.db, async (tx) => {
    const relation = await loadRelation(tx, actor, await getOrganisation(tx, organisationId))
    assertAllowed(relation.isOwn, relation)
    await deleteQualification(tx, { id: qualificationId, orgId: organisationId })
    const by = { orgId: actor.orgId, userId: actor.userId, at: now }
    await appendAudit(tx, { ...by, action: 'qualification.removed', objectId: qualificationId })
    await appendEvents(tx, [organisationQualificationsChanged({ organisationId }, now)])
  })
}
