import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { discardDeadEvents, replayDeadEvents } from '../../outbox/index.ts'

export type SettleDeadLetters = { ids: readonly Id<'event'>[]; how: 'replayed' | 'discarded' }

/** Gives dead events ten new attempts, or gives them up for good, with an audit row. Returns how many were dead. */
export function settleDeadLetters(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { ids, how }: SettleDeadLetters,
): Promise<number> {
  return withTx(deps.db, async (tx) => {
    const count = await (how === 'replayed' ? replayDeadEvents : discardDeadEvents)(tx, ids)
    await appendAudit(tx, {
      ...{ orgId: actor.orgId, userId: actor.userId, action: `dead_letters.${how}`, at: deps.clock.now() },
      facts: { ids, count },
    })
    return count
  })
}
