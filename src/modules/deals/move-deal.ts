import type { Tx } from '../../db/tx.ts'
import { chinaDay } from '../../kernel/clock.ts'
import { invalidField } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { assertAmounts } from './assert-amounts.ts'
import { changeDeal, type DealDeps } from './change-deal.ts'
import type { Deal, DealChange } from './deal-repo.ts'
import { dealMachine } from './domain/stage.ts'
import { dealStageChanged, factOf } from './events.ts'
import { planRegistration } from './plan-registration.ts'
import { planSigning } from './plan-signing.ts'
import type { DealRelation } from './policy.ts'
import type { MoveDeal } from './schemas.ts'

type Input = MoveDeal & { id: Id<'deal'>; version?: number | undefined }
type Context = { relation: DealRelation; tx: Tx; today: string }

/**
 * Moves a deal along the machine; each action brings what its stage needs.
 * @throws NOT_FOUND, PRECONDITION_FAILED, TRANSITION_NOT_ALLOWED with the allowed actions, and what signing and
 * registration refuse: DEAL_INCOMPLETE, PRICE_PUBLICITY_OPEN, CONFIRMATION_MISSING, CONTRACT_NOT_REGISTRABLE, AMOUNTS_OUT_OF_ORDER
 */
export function moveDeal(deps: DealDeps, actor: Principal, input: Input): Promise<Deal> {
  const { id, version, ...step } = input
  return changeDeal(deps, actor, {
    ...{ id, version, action: step.action },
    change: async (deal, { relation, tx, now }) => ({
      stage: move(dealMachine, deal.stage, step.action),
      ...(await changesOf(step, deal, { relation, tx, today: chinaDay(now) })),
    }),
    events: (after, before, now) => [
      dealStageChanged({ ...factOf(after), action: step.action, from: before.stage, to: after.stage }, now),
    ],
  })
}

async function changesOf(step: MoveDeal, deal: Deal, context: Context): Promise<DealChange> {
  switch (step.action) {
    case 'negotiate':
      return {}
    case 'sign':
      assertNotAhead('#/signedOn', step.signedOn, context.today)
      assertAmounts(deal)
      return planSigning(context.tx, deal, { ...step, relation: context.relation })
    case 'register':
      assertNotAhead('#/registeredOn', step.registeredOn, context.today)
      return planRegistration(deal, step)
    case 'refuse_registration': {
      assertNotAhead('#/refusedOn', step.refusedOn, context.today)
      const { registrar, reason, refusedOn } = step
      return { refusals: [...deal.refusals, { registrar, reason, refusedOn }] }
    }
    case 'perform':
      assertNotAhead('#/performedOn', step.performedOn, context.today)
      return { performedOn: step.performedOn }
    case 'drop': {
      const { reasonCode, note } = step
      return { dropped: { stage: deal.stage, reasonCode, ...(note !== undefined && { note }) } }
    }
  }
}

/** What is recorded has happened, by the day in China. */
function assertNotAhead(pointer: string, day: string, today: string): void {
  if (day > today) throw invalidField(pointer, 'in_future', `must not be after today, ${today} in China`)
}
