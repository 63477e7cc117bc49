import type { Db } from '../../db/client.ts'
import { afterCommit, withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { appendEvents } from '../../outbox/append.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import type { Vault } from '../../ports/vault.ts'
import { lotLifecycle } from './domain/lot.ts'
import { lotClosed } from './events.ts'
import { closeBook, type Lot, lockBook, lockLot, updateLot } from './lot-repo.ts'
import { lotTopic } from './lot-stream.ts'
import { assertOperatorOf } from './policy.ts'
import { returnDeposits } from './return-deposits.ts'
import { revealedReserve } from './reveal-reserve.ts'

type Deps = { db: Db; clock: Clock; vault: Vault; live: LiveChannel }

/** Takes an announced lot back, by the operator and before its first bid: a bid binds both sides. Deposits go back. */
export function withdrawLot(
  deps: Deps,
  actor: Principal,
  { id, reason }: { id: Id<'auction'>; reason: string },
): Promise<Lot> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const held = await lockBook(tx, id)
    const lot = await lockLot(tx, id)
    await assertOperatorOf(tx, actor, lot.market)
    const state = move(lotLifecycle, lot.state, 'withdraw')
    if (held !== undefined && held.book.seq > 0) {
      throw new AppError('TRANSITION_NOT_ALLOWED', 'The lot has bids; it ends by its close.', {
        details: { state: 'open', allowedActions: ['close'] },
      })
    }
    await closeBook(tx, id)
    const closed = {
      state,
      outcome: 'withdrawn',
      withdrawalReason: reason,
      closedAt: held?.databaseNow ?? now,
    } as const
    const withdrawn = await updateLot(tx, id, { ...closed, ...revealedReserve(deps.vault, lot), updatedAt: now })
    await returnDeposits(tx, id, { movedBy: actor.userId, at: now })
    await appendEvents(tx, [lotClosed({ lotId: id, outcome: 'withdrawn' }, now)])
    afterCommit(tx, () => deps.live.nudge([lotTopic(id)]))
    return withdrawn
  })
}
