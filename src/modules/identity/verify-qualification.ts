import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import { organisationQualificationsChanged } from './events.ts'
import { getOrganisation } from './organisation-repo.ts'
import { assertAllowed } from './policy.ts'
import { type Qualification, updateQualificationState } from './qualification-repo.ts'
import type { qualificationDecisions } from './qualification-schemas.ts'
import { loadRelation } from './relation.ts'

type Input = {
  organisationId: Id<'organisation'>
  qualificationId: Id<'qualification'>
  decision: (typeof qualificationDecisions)[number]
}

/** The operator confirms that it saw the certificate, or takes that back. @throws NOT_FOUND, CONFLICT_OF_INTEREST. */
export async function verifyQualification(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { organisationId, qualificationId, decision }: Input,
): Promise<Qualification> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const relation = await loadRelation(tx, actor, await getOrganisation(tx, organisationId))
    assertAllowed(relation.isOperator, relation)
    if (relation.isOwn) throw new AppError('CONFLICT_OF_INTEREST', 'Nobody verifies its own organisation.')
    const state = decision === 'verify' ? 'verified' : 'declared'
    const qualification = await updateQualificationState(tx, { id: qualificationId, orgId: organisationId }, state)
    const by = { orgId: actor.orgId, userId: actor.userId, at: now }
    const facts = { organisationId, decision }
    await appendAudit(tx, { ...by, action: 'qualification.decided', objectId: qualificationId, facts })
    await appendEvents(tx, [organisationQualificationsChanged({ organisationId }, now)])
    return qualification
  })
}
