import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { assertKeepsPools } from './desk.ts'
import { endMembership } from './member-repo.ts'
import { getPool, type PoolId } from './pool-repo.ts'

/** Takes a member off the list: nothing new is guaranteed for it, and what is guaranteed stays so. @throws NOT_FOUND */
export async function endEnrolment(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { poolId, organisationId }: { poolId: PoolId; organisationId: Id<'organisation'> },
): Promise<void> {
  const now = deps.clock.now()
  await withTx(deps.db, async (tx) => {
    const pool = await getPool(tx, poolId)
    await assertKeepsPools(tx, actor, pool.market)
    await endMembership(tx, { poolId, orgId: organisationId }, now)
    const by = { orgId: actor.orgId, userId: actor.userId, at: now }
    await appendAudit(tx, { ...by, action: 'risk_pool.left', objectId: poolId, facts: { organisationId } })
  })
}
