import type { Db } from '../../db/client.ts'
import { impossible } from '../../kernel/assert.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { changePolicy, type PolicyRef } from './change-policy.ts'
import { insertVersion, type Policy, updateDraft } from './policy-repo.ts'
import { patched, versionOf } from './policy-version.ts'
import type { PatchPolicy } from './schemas.ts'

/** Applies a merge patch to the draft; a published policy gets its next version as a draft, and stays in force meanwhile. */
export function editPolicy(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { patch, ...ref }: PolicyRef & { patch: PatchPolicy },
): Promise<Policy> {
  return changePolicy(deps, actor, {
    ...ref,
    action: 'edit',
    async apply(tx, { policy, versions, now }) {
      const last = versions.at(-1) ?? impossible('a policy without a version')
      const isNew = last.publishedAt !== null
      const about = { policyId: policy.id, number: last.number + (isNew ? 1 : 0), by: actor.userId, now }
      const draft = versionOf(patched(last, patch), about)
      await (isNew ? insertVersion(tx, draft) : updateDraft(tx, draft))
    },
  })
}
