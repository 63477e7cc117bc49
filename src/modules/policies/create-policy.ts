import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { assertKeeps } from './desk.ts'
import { insertPolicy, insertVersion, type Policy } from './policy-repo.ts'
import { versionOf } from './policy-version.ts'
import type { CreatePolicy } from './schemas.ts'

/** Stores a policy with its first version as a draft. @throws NOT_FOUND for a market of others, EXTERNAL_ID_TAKEN. */
export async function createPolicy(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { market = actor.market, externalId, ...content }: CreatePolicy,
): Promise<Policy> {
  await assertKeeps(deps.db, actor, market)
  const now = deps.clock.now()
  const policy: Policy = {
    ...{ id: newId('policy'), market, orgId: actor.orgId, externalId: externalId ?? null, state: 'draft', version: 1 },
    ...{ createdBy: actor.userId, createdAt: now, updatedAt: now },
  }
  await withTx(deps.db, async (tx) => {
    await insertPolicy(tx, policy)
    await insertVersion(tx, versionOf(content, { policyId: policy.id, number: 1, by: actor.userId, now }))
    const by = { orgId: actor.orgId, userId: actor.userId, at: now }
    await appendAudit(tx, { ...by, action: 'policy.created', objectId: policy.id })
  })
  return policy
}
