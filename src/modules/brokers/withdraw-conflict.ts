import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { deleteConflict } from './conflict-repo.ts'

/** Takes a declaration back; the audit keeps both. @throws NOT_FOUND */
export async function withdrawConflict(
  deps: { db: Db; clock: Clock },
  { userId, orgId }: Principal,
  organisationId: Id<'organisation'>,
): Promise<void> {
  await withTx(deps.db, async (tx) => {
    await deleteConflict(tx, { userId, organisationId })
    const entry = { orgId, userId, action: 'broker.conflict_withdrawn', objectId: organisationId }
    await appendAudit(tx, { ...entry, at: deps.clock.now() })
  })
}
