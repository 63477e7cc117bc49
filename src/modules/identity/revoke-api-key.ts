import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import { revokeApiKeyRow } from './api-key-repo.ts'
import { accessEnded } from './events.ts'

/** Ends a key of the actor's organisation, whoever made it; it stops working within a second. @throws NOT_FOUND. */
export async function revokeApiKey(deps: { db: Db; clock: Clock }, actor: Principal, id: Id<'apiKey'>): Promise<void> {
  const now = deps.clock.now()
  await withTx(deps.db, async (tx) => {
    const userId = await revokeApiKeyRow(tx, { id, orgId: actor.orgId }, now)
    if (userId === undefined) throw notFound('API key')
    const by = { orgId: actor.orgId, userId: actor.userId, at: now }
    await appendAudit(tx, { ...by, action: 'api_key.revoked', objectId: id })
    await appendEvents(tx, [accessEnded({ userId }, now)])
  })
}
