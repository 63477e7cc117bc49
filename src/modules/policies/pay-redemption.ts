import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { actOnRedemption, type RedemptionRef } from './act-on-redemption.ts'
import type { Redemption } from './redemption-repo.ts'

/** The money went out: 兑付. */
export function payRedemption(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { reference, ...ref }: RedemptionRef & { reference: string },
): Promise<Redemption> {
  return actOnRedemption(deps, actor, {
    ...ref,
    action: 'pay',
    change: async (_before, _tx, now) => ({ paymentReference: reference, endedAt: now }),
  })
}
