import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { changeDeal, type DealDeps } from './change-deal.ts'
import type { Deal } from './deal-repo.ts'
import { areTermsOpen } from './domain/stage.ts'
import { dealConfirmed, factOf } from './events.ts'
import { assertSide } from './policy.ts'

type Input = { id: Id<'deal'>; termsVersion: number }

/**
 * One side says yes to the terms of this version, and to no other: terms that changed meanwhile are refused.
 * @throws NOT_FOUND, FORBIDDEN for others than the sides, TRANSITION_NOT_ALLOWED, PRECONDITION_FAILED
 */
export function confirmTerms(deps: DealDeps, actor: Principal, { id, termsVersion }: Input): Promise<Deal> {
  let side: 'provider' | 'acquirer'
  return changeDeal(deps, actor, {
    ...{ id, action: 'confirm' },
    change: (deal, { relation, now }) => {
      side = assertSide(relation)
      if (!areTermsOpen(deal.stage)) {
        throw new AppError('TRANSITION_NOT_ALLOWED', 'The terms have been signed, or the deal was dropped.', {
          details: { stage: deal.stage, allowedActions: [] },
        })
      }
      if (deal.termsVersion !== termsVersion) {
        throw new AppError('PRECONDITION_FAILED', 'The terms have changed since you read them. Read them again.', {
          details: { termsVersion: deal.termsVersion },
        })
      }
      return { [`${side}Confirmation`]: { termsVersion, userId: actor.userId, at: now.toISOString() } }
    },
    events: (after, _before, now) => [dealConfirmed({ ...factOf(after), side, termsVersion }, now)],
  })
}
