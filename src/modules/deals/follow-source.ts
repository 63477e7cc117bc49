import { withTx } from '../../db/tx.ts'
import type { Id } from '../../kernel/ids.ts'
import { canMove, move } from '../../kernel/state-machine.ts'
import { type DealDeps, writeChange } from './change-deal.ts'
import { type Deal, type DealChange, lockDeal } from './deal-repo.ts'
import { dealMachine } from './domain/stage.ts'
import { dealStageChanged, factOf } from './events.ts'

type Step = { action: 'negotiate' | 'drop'; change(deal: Deal): DealChange }

/** Moves a deal after what it came from, without anybody's doing; where the parties have gone further, it stays. */
export function followSource({ db, clock }: DealDeps, id: Id<'deal'>, { action, change }: Step): Promise<Deal> {
  return withTx(db, async (tx) => {
    const deal = await lockDeal(tx, id)
    if (!canMove(dealMachine, deal.stage, action)) return deal
    return writeChange(tx, deal, {
      ...{ action, by: null, now: clock.now() },
      change: { ...change(deal), stage: move(dealMachine, deal.stage, action) },
      events: (after, before, now) => [
        dealStageChanged({ ...factOf(after), action, from: before.stage, to: after.stage }, now),
      ],
    })
  })
}
