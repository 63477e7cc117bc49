import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { deleteEndpointRow } from './endpoint-repo.ts'

/** Removes an endpoint of the actor's organisation with its log; what waited for it is never sent. @throws NOT_FOUND. */
export async function deleteEndpoint(
  deps: { db: Db; clock: Clock },
  { orgId, userId }: Principal,
  id: Id<'webhookEndpoint'>,
): Promise<void> {
  await withTx(deps.db, async (tx) => {
    if (!(await deleteEndpointRow(tx, { id, orgId }))) throw notFound('webhook endpoint')
    const at = deps.clock.now()
    await appendAudit(tx, { orgId, userId, action: 'webhook_endpoint.deleted', objectId: id, at })
  })
}
