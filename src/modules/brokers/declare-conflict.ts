import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { getOrganisation } from '../identity/index.ts'
import { type Conflict, putConflict } from './conflict-repo.ts'
import type { DeclareConflict } from './schemas.ts'

/** From now on the broker is offered nothing of this organisation, and decides nothing of it. @throws NOT_FOUND */
export async function declareConflict(
  deps: { db: Db; clock: Clock },
  { userId, orgId }: Principal,
  { organisationId, reason, note }: DeclareConflict,
): Promise<{ conflict: Conflict; organisationName: string }> {
  const { name } = await getOrganisation(deps.db, organisationId)
  const now = deps.clock.now()
  const conflict: Conflict = { userId, organisationId, reason, note: note ?? null, declaredAt: now }
  await withTx(deps.db, async (tx) => {
    await putConflict(tx, conflict)
    const entry = { orgId, userId, action: 'broker.conflict_declared', objectId: organisationId }
    await appendAudit(tx, { ...entry, facts: { reason }, at: now })
  })
  return { conflict, organisationName: name }
}
