import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { assertKeepsPools } from './desk.ts'
import { type PoolAction, poolLifecycle } from './domain/pool.ts'
import { lockPool, type PoolId, type RiskPool, updatePool } from './pool-repo.ts'

/** Suspends, resumes or closes a pool; what it guarantees it goes on to stand for. @throws NOT_FOUND, TRANSITION_NOT_ALLOWED. */
export async function changePoolState(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { id, action }: { id: PoolId; action: PoolAction },
): Promise<RiskPool> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const before = await lockPool(tx, id)
    await assertKeepsPools(tx, actor, before.market)
    const state = move(poolLifecycle, before.state, action)
    const by = { orgId: actor.orgId, userId: actor.userId, at: now }
    await appendAudit(tx, { ...by, action: `risk_pool.${state}`, objectId: id })
    return updatePool(tx, { ...before, state, updatedAt: now })
  })
}
