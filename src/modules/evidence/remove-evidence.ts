import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { deleteEvidenceRow } from './evidence-repo.ts'
import { assertOwn, readSubject } from './policy.ts'

/** Takes a statement of the own organisation back. @throws NOT_FOUND, FORBIDDEN. */
export async function removeEvidence(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { organisationId, evidenceId }: { organisationId: Id<'organisation'>; evidenceId: Id<'evidence'> },
): Promise<void> {
  await withTx(deps.db, async (tx) => {
    assertOwn(await readSubject(tx, actor, organisationId))
    await deleteEvidenceRow(tx, { id: evidenceId, orgId: organisationId })
    const by = { orgId: actor.orgId, userId: actor.userId, at: deps.clock.now() }
    await appendAudit(tx, { ...by, action: 'evidence.removed', objectId: evidenceId })
  })
}
