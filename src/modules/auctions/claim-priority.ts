import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { impossible } from '../../kernel/assert.ts'
import { addDays } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { appendEvents } from '../../outbox/append.ts'
import { announceAward } from './announce-award.ts'
import { insertAward, updateAward } from './award-repo.ts'
import { awardLifecycle } from './domain/award.ts'
import { awardEnded } from './events.ts'
import { holdAward } from './hold-award.ts'
import { databaseTime, type Lot } from './lot-repo.ts'
import { assertMaySee } from './policy.ts'
import { findRegistrationOf } from './registration-repo.ts'
import { returnDeposits } from './return-deposits.ts'

const hourMs = 3_600_000

/**
 * A priority buyer (优先购买权人) takes a sold lot at its price, within the hours that the rules give after the close. The first
 * of several has it; the highest bidder and the other priority buyers get their deposits back.
 */
export function claimPriority(deps: { db: Db }, actor: Principal, { id }: { id: Id<'auction'> }): Promise<Lot> {
  return withTx(deps.db, async (tx) => {
    const { lot, award, awards } = await holdAward(tx, id, {
      state: 'accepted',
      policy: (one) => assertMaySee(tx, actor, one),
    })
    const registration = await findRegistrationOf(tx, id, actor.orgId)
    const { closedAt, rules } = lot
    if (closedAt === null || rules === null) return impossible(`${id} has an award and was never closed`)
    const at = await databaseTime(tx)
    const isInTime = at.getTime() < closedAt.getTime() + rules.priorityMatchHours * hourMs
    const isEntitled = registration?.claimsPriority === true && registration.state === 'admitted'
    if (!isEntitled || !isInTime || award.basis !== 'bidding' || award.registrationId === registration.id) {
      throw new AppError('TRANSITION_NOT_ALLOWED', 'There is no right of priority to use on this lot, or no longer.')
    }
    await updateAward(tx, award.id, { state: move(awardLifecycle, award.state, 'supersede'), updatedAt: at })
    await returnDeposits(tx, id, { keep: [registration.id], at })
    const taken = await insertAward(tx, {
      ...{ id: newId('auctionAward'), lotId: id, registrationId: registration.id, orgId: actor.orgId },
      ...{ bidderNumber: registration.number, amountFen: award.amountFen, rank: awards.length + 1 },
      ...{
        basis: 'priority',
        state: 'accepted',
        answerBy: addDays(at, rules.settlementDays),
        createdAt: at,
        updatedAt: at,
      },
    })
    await appendEvents(tx, [awardEnded({ lotId: id, awardId: award.id, reason: 'superseded' }, at)])
    await announceAward(tx, lot, taken, at)
    return lot
  })
}
