import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type Evidence, updateEvidenceState } from './evidence-repo.ts'
import { readSubject } from './policy.ts'
import type { evidenceDecisions } from './schemas.ts'

type Input = {
  organisationId: Id<'organisation'>
  evidenceId: Id<'evidence'>
  decision: (typeof evidenceDecisions)[number]
}

/** The operator confirms that it saw the document, or takes that back. @throws NOT_FOUND, CONFLICT_OF_INTEREST. */
export async function verifyEvidence(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { organisationId, evidenceId, decision }: Input,
): Promise<Evidence> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const { isOwn } = await readSubject(tx, actor, organisationId)
    if (isOwn) throw new AppError('CONFLICT_OF_INTEREST', 'Nobody verifies its own organisation.')
    const isVerified = decision === 'verify'
    const change = { state: isVerified ? 'verified' : 'declared', verifiedAt: isVerified ? now : null } as const
    const evidence = await updateEvidenceState(tx, { id: evidenceId, orgId: organisationId }, change)
    const by = { orgId: actor.orgId, userId: actor.userId, at: now }
    const facts = { organisationId, decision }
    await appendAudit(tx, { ...by, action: 'evidence.decided', objectId: evidenceId, facts })
    return evidence
  })
}
