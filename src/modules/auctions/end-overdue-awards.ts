import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { addDays, type Clock } from '../../kernel/clock.ts'
import { declineHeld } from './answer-offer.ts'
import { type Award, listAwards, listOverdueAwards } from './award-repo.ts'
import { defaultHeld } from './default-award.ts'
import { lockLot } from './lot-repo.ts'

/** For the operator to record what was paid on the last day: a forfeited deposit does not come back. */
const graceDays = 3
const limit = 200

/**
 * Ends what its buyer or the second bidder let pass: an award that was not settled in time and days of grace defaults, an
 * offer that was not answered is declined. Each under its lot's lock and looked at again, so that it ends once.
 */
export async function endOverdueAwards(deps: { db: Db; clock: Clock }): Promise<undefined> {
  const at = deps.clock.now()
  for (const award of await listOverdueAwards(deps.db, { acceptedBy: addDays(at, -graceDays), offeredBy: at, limit })) {
    await endOverdue(deps.db, award, at)
  }
}

function endOverdue(db: Db, { id, lotId, state }: Award, at: Date): Promise<void> {
  return withTx(db, async (tx) => {
    const lot = await lockLot(tx, lotId)
    const awards = await listAwards(tx, lotId)
    const award = awards.find((one) => one.id === id)
    if (award === undefined || award.state !== state) return
    const held = { lot, award, awards }
    if (state === 'offered') await declineHeld(tx, held, at)
    else await defaultHeld(tx, held, { note: '逾期未付款，系统自动认定违约', at })
  })
}
