import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { assertSharesSum } from '../financing/index.ts'
import { assertKeepsPools } from './desk.ts'
import { insertPool, type RiskPool } from './pool-repo.ts'
import type { CreatePool } from './schemas.ts'

/** Opens a pool without money and members. @throws NOT_FOUND for a market of others, SHARES_DO_NOT_SUM (422), EXTERNAL_ID_TAKEN. */
export async function createPool(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { market = actor.market, externalId, singleCapFen, ...terms }: CreatePool,
): Promise<RiskPool> {
  await assertKeepsPools(deps.db, actor, market)
  assertSharesSum(terms.shares)
  const now = deps.clock.now()
  const pool: RiskPool = {
    ...{ id: newId('riskPool'), market, orgId: actor.orgId, externalId: externalId ?? null, ...terms },
    ...{ singleCapFen: singleCapFen ?? null, state: 'open', guaranteedFen: 0, outstandingFen: 0, cashFen: 0 },
    ...{ compensatedFen: 0, recoveredFen: 0, version: 1, createdBy: actor.userId, createdAt: now, updatedAt: now },
  }
  await withTx(deps.db, async (tx) => {
    await insertPool(tx, pool)
    const by = { orgId: actor.orgId, userId: actor.userId, at: now }
    await appendAudit(tx, { ...by, action: 'risk_pool.created', objectId: pool.id })
  })
  return pool
}
