import { isDeepStrictEqual } from 'node:util'
import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { assertAmounts } from './assert-amounts.ts'
import { assertBrokers } from './assert-brokers.ts'
import { changeDeal, type DealDeps } from './change-deal.ts'
import type { Deal, DealChange } from './deal-repo.ts'
import { changedShares } from './domain/broker-shares.ts'
import { areTermsOpen } from './domain/stage.ts'
import { recordedNames, termNames } from './domain/terms.ts'
import { dealAttributed, factOf } from './events.ts'
import { assertAttributes } from './policy.ts'
import type { UpdateDeal } from './schemas.ts'

type Input = { id: Id<'deal'>; version: number; change: UpdateDeal }

/**
 * Changes terms and particulars. Other terms than before are a new version, which both sides confirm anew. From the signature
 * on, only steps, payments and the brokers' shares are recorded.
 * @throws NOT_FOUND, FORBIDDEN, VALIDATION_FAILED, PRECONDITION_FAILED, AMOUNTS_OUT_OF_ORDER, TRANSITION_NOT_ALLOWED
 */
export function updateDeal(deps: DealDeps, actor: Principal, { id, version, change }: Input): Promise<Deal> {
  return changeDeal(deps, actor, {
    ...{ id, version, action: 'update' },
    change: async (deal, { relation, tx }) => {
      if (change.brokers !== undefined) {
        assertAttributes(relation)
        await assertBrokers(tx, change.brokers, deal.brokers)
      }
      assertChangeable(deal, change)
      const values = change as DealChange
      const after = { ...deal, ...values }
      assertAmounts(after)
      const hasNewTerms =
        areTermsOpen(deal.stage) && termNames.some((name) => !isDeepStrictEqual(deal[name], after[name]))
      return hasNewTerms ? { ...values, termsVersion: deal.termsVersion + 1 } : values
    },
    events: (after, before, now) => {
      const brokers = changedShares(before.brokers, after.brokers)
      return brokers.length === 0 ? [] : [dealAttributed({ ...factOf(after), brokers }, now)]
    },
  })
}

function assertChangeable({ stage }: Deal, change: UpdateDeal): void {
  if (areTermsOpen(stage)) return
  const recorded: readonly string[] = stage === 'dropped' || stage === 'performed' ? [] : recordedNames
  const fixed = Object.keys(change).filter((name) => !recorded.includes(name))
  if (fixed.length === 0) return
  throw new AppError(
    'TRANSITION_NOT_ALLOWED',
    `In the stage "${stage}" these stand as they are: ${fixed.join(', ')}.`,
    {
      details: { stage, changeable: recorded },
    },
  )
}
