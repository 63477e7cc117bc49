import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { actOnRedemption, type RedemptionRef } from './act-on-redemption.ts'
import { releaseAllowance } from './allowance-repo.ts'
import type { Redemption } from './redemption-repo.ts'

/** Refuses a claim with a reason; what a confirmed one took of the caps is free again, and the period may be claimed anew. */
export function refuseRedemption(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { reason, ...ref }: RedemptionRef & { reason: string },
): Promise<Redemption> {
  return actOnRedemption(deps, actor, {
    ...ref,
    action: 'refuse',
    async change(before, tx, now) {
      const { amountFen } = before
      if (amountFen !== null) await releaseAllowance(tx, { ...before, amountFen })
      return { refusalReason: reason, endedAt: now }
    },
  })
}
