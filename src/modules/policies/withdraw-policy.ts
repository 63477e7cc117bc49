import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { changePolicy, type PolicyRef } from './change-policy.ts'
import type { Policy } from './policy-repo.ts'

/** Ends a policy: nothing more is claimed under it; what was claimed before is decided as before. */
export function withdrawPolicy(deps: { db: Db; clock: Clock }, actor: Principal, ref: PolicyRef): Promise<Policy> {
  return changePolicy(deps, actor, { ...ref, action: 'withdraw', apply: async () => undefined })
}
