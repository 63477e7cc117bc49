import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import { versionConflict } from '../../kernel/etag.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import { decideVerification } from './domain/verification.ts'
import { organisationVerificationChanged } from './events.ts'
import { lockOrganisation, type Organisation, updateOrganisationRow } from './organisation-repo.ts'
import { assertAllowed } from './policy.ts'
import { loadRelation } from './relation.ts'
import type { ChangeVerification } from './schemas.ts'

/**
 * The operator's decision about an organisation of its market tree; a suspension locks all its users and keys out within a
 * second. @throws NOT_FOUND, CONFLICT_OF_INTEREST, TRANSITION_NOT_ALLOWED.
 */
export async function changeVerification(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  input: ChangeVerification & { id: Id<'organisation'> },
): Promise<Organisation> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const before = await lockOrganisation(tx, input.id)
    const relation = await loadRelation(tx, actor, before)
    assertAllowed(relation.isOperator, relation)
    if (relation.isOwn) throw new AppError('CONFLICT_OF_INTEREST', 'Nobody verifies its own organisation.')
    const next = decideVerification(before, input.decision, now)
    const values = { ...next, verificationNote: input.note ?? null, updatedAt: now }
    const after = await updateOrganisationRow(tx, before, values)
    if (after === undefined) throw versionConflict(before.version)
    await appendAudit(tx, {
      orgId: actor.orgId,
      userId: actor.userId,
      action: 'organisation.verification_changed',
      objectId: input.id,
      facts: { decision: input.decision, from: before.verification, to: after.verification },
      at: now,
    })
    const { verification } = after
    await appendEvents(tx, [organisationVerificationChanged({ organisationId: input.id, verification }, now)])
    return after
  })
}
