import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import { changePolicy, type PolicyRef } from './change-policy.ts'
import { policyPublished } from './events.ts'
import { type Policy, updateDraft } from './policy-repo.ts'

/** Puts the draft in force from its day on, for good. @throws TRANSITION_NOT_ALLOWED without a draft, or before the last version. */
export function publishPolicy(deps: { db: Db; clock: Clock }, actor: Principal, ref: PolicyRef): Promise<Policy> {
  return changePolicy(deps, actor, {
    ...ref,
    action: 'publish',
    async apply(tx, { policy, versions, now }) {
      const draft = versions.find(({ publishedAt }) => publishedAt === null)
      if (draft === undefined) throw new AppError('TRANSITION_NOT_ALLOWED', 'There is no draft to publish.')
      const last = versions.findLast(({ publishedAt }) => publishedAt !== null)
      if (last !== undefined && draft.effectiveFrom <= last.effectiveFrom) {
        throw new AppError('TRANSITION_NOT_ALLOWED', `It has to begin after version ${last.number} did.`, {
          details: { effectiveFrom: draft.effectiveFrom, lastEffectiveFrom: last.effectiveFrom },
        })
      }
      await updateDraft(tx, { ...draft, publishedAt: now })
      const fact = { policyId: policy.id, number: draft.number, market: policy.market }
      await appendEvents(tx, [policyPublished(fact, now)])
    },
  })
}
