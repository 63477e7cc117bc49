import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { appendEvents } from '../../outbox/append.ts'
import { updateAward } from './award-repo.ts'
import { awardLifecycle } from './domain/award.ts'
import { lotLifecycle } from './domain/lot.ts'
import { lotSettled } from './events.ts'
import { holdAward } from './hold-award.ts'
import { type Lot, updateLot } from './lot-repo.ts'
import { moveDeposit } from './move-deposit.ts'
import { assertOperatorOf } from './policy.ts'
import { lockRegistration } from './registration-repo.ts'
import { returnDeposits } from './return-deposits.ts'

/** The buyer has paid and signed: the deposit goes into the price, the lot is settled, and its deal moves on. */
export function settleLot(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { id, reference }: { id: Id<'auction'>; reference?: string | undefined },
): Promise<Lot> {
  const at = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const { lot, award } = await holdAward(tx, id, {
      state: 'accepted',
      policy: (one) => assertOperatorOf(tx, actor, one.market),
    })
    const settled = await updateLot(tx, id, { state: move(lotLifecycle, lot.state, 'settle'), updatedAt: at })
    await updateAward(tx, award.id, { state: move(awardLifecycle, award.state, 'settle'), updatedAt: at })
    const registration = await lockRegistration(tx, award.registrationId)
    // Whoever got the lot by an offer has had its deposit back since the close and pays the whole price.
    if (registration.depositState === 'frozen') {
      await moveDeposit(tx, registration, { move: 'apply', movedBy: actor.userId, reference, at })
    }
    await returnDeposits(tx, id, { movedBy: actor.userId, at })
    const facts = { awardId: award.id, amountFen: award.amountFen, reference }
    const by = { orgId: actor.orgId, userId: actor.userId }
    await appendAudit(tx, { ...by, action: 'auction.settled', objectId: id, facts, at })
    await appendEvents(tx, [lotSettled({ lotId: id, awardId: award.id, amountFen: award.amountFen }, at)])
    return settled
  })
}
