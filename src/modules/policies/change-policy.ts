import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { versionConflict } from '../../kernel/etag.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { assertKeeps } from './desk.ts'
import { type PolicyAction, policyLifecycle } from './domain/policy.ts'
import {
  listVersions,
  lockPolicy,
  type Policy,
  type PolicyId,
  type PolicyVersion,
  updatePolicy,
} from './policy-repo.ts'

export type PolicyRef = { id: PolicyId; ifMatch?: number | undefined }
type Verb = PolicyRef & {
  action: PolicyAction
  /** Writes what the verb changes besides the state; `versions` has the draft as its last when there is one. */
  apply(tx: Tx, change: { policy: Policy; versions: PolicyVersion[]; now: Date }): Promise<void>
}

const auditNames: Record<PolicyAction, string> = {
  edit: 'policy.edited',
  publish: 'policy.published',
  withdraw: 'policy.withdrawn',
}

/** The one way in which a stored policy changes. @throws NOT_FOUND, PRECONDITION_FAILED, TRANSITION_NOT_ALLOWED. */
export async function changePolicy(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { id, ifMatch, action, apply }: Verb,
): Promise<Policy> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const before = await lockPolicy(tx, id)
    await assertKeeps(tx, actor, before.market)
    if (ifMatch !== undefined && ifMatch !== before.version) throw versionConflict(before.version)
    const state = move(policyLifecycle, before.state, action)
    const policy = { ...before, state, version: before.version + 1, updatedAt: now }
    await apply(tx, { policy, versions: await listVersions(tx, [id], { withDrafts: true }), now })
    await updatePolicy(tx, policy)
    const by = { orgId: actor.orgId, userId: actor.userId, at: now }
    await appendAudit(tx, { ...by, action: auditNames[action], objectId: id, facts: { version: policy.version } })
    return policy
  })
}
