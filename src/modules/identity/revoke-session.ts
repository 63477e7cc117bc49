import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import { accessEnded } from './events.ts'
import { assertInPerson } from './policy.ts'
import { revokeSessionRow } from './session-repo.ts'

/**
 * Ends one of the actor's own sessions, or the present one; that the present one has ended already, a moment ago, is no error.
 * @throws NOT_FOUND; FORBIDDEN for API keys.
 */
export async function revokeSession(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  id: Id<'session'> | undefined = actor.sessionId,
): Promise<void> {
  assertInPerson(actor)
  const now = deps.clock.now()
  await withTx(deps.db, async (tx) => {
    const session = id && (await revokeSessionRow(tx, { id, userId: actor.userId }, now))
    if (!session && id === actor.sessionId) return
    if (!session) throw notFound('session')
    const by = { orgId: actor.orgId, userId: actor.userId }
    await appendAudit(tx, { ...by, action: 'session.revoked', objectId: session.id, at: now })
    await appendEvents(tx, [accessEnded({ userId: actor.userId }, now)])
  })
}
