import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import { addDays, type Clock } from '../../kernel/clock.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { appendEvents } from '../../outbox/append.ts'
import { type Award, insertAward, updateAward } from './award-repo.ts'
import { listBids } from './bid-repo.ts'
import { awardLifecycle, runnerUp } from './domain/award.ts'
import { lotLifecycle } from './domain/lot.ts'
import { awardEnded, lotOffered } from './events.ts'
import { type HeldAward, holdAward } from './hold-award.ts'
import { type Lot, updateLot } from './lot-repo.ts'
import { moveDeposit } from './move-deposit.ts'
import { assertOperatorOf } from './policy.ts'
import { getRegistration, lockRegistration } from './registration-repo.ts'

type Deps = { db: Db; clock: Clock }
export type DefaultAward = { id: Id<'auction'>; note: string }

/** The operator records that the buyer did not pay. */
export function defaultAward(deps: Deps, actor: Principal, { id, note }: DefaultAward): Promise<Lot> {
  return withTx(deps.db, async (tx) => {
    const held = await holdAward(tx, id, {
      state: 'accepted',
      policy: (one) => assertOperatorOf(tx, actor, one.market),
    })
    return defaultHeld(tx, held, { note, actor, at: deps.clock.now() })
  })
}

/** `actor`: the operator; nobody where a deadline did it. */
export type Default = { note: string; actor?: Principal; at: Date }

/**
 * The buyer did not pay: its deposit is forfeited, and the second-highest bidder is offered the lot at its own bid if that
 * reaches the reserve. An offer is made once; without one, or after an offer came to nothing, the lot is defaulted.
 */
export async function defaultHeld(tx: Tx, held: HeldAward, { note, actor, at }: Default): Promise<Lot> {
  const { lot, award } = held
  await updateAward(tx, award.id, { state: move(awardLifecycle, award.state, 'default'), note, updatedAt: at })
  const registration = await lockRegistration(tx, award.registrationId)
  if (registration.depositState === 'frozen') {
    await moveDeposit(tx, registration, { move: 'forfeit', movedBy: actor?.userId, at })
  }
  await appendEvents(tx, [awardEnded({ lotId: lot.id, awardId: award.id, reason: 'defaulted' }, at)])
  const by = actor && { orgId: actor.orgId, userId: actor.userId }
  const facts = { awardId: award.id, amountFen: award.amountFen, note }
  await appendAudit(tx, { ...by, action: 'auction.defaulted', objectId: lot.id, facts, at })
  const offer = await offerToRunnerUp(tx, held, at)
  if (offer !== undefined) return lot
  return updateLot(tx, lot.id, { state: move(lotLifecycle, lot.state, 'default'), updatedAt: at })
}

async function offerToRunnerUp(tx: Tx, { lot, award, awards }: HeldAward, at: Date): Promise<Award | undefined> {
  const isOfferedBefore = awards.some(({ basis }) => basis === 'second_offer')
  const bids = await listBids(tx, lot.id)
  const best = isOfferedBefore ? undefined : runnerUp(bids, award.registrationId, lot.reserveFen ?? 0)
  if (best === undefined || lot.rules === null) return undefined
  const { id: registrationId, orgId, number: bidderNumber } = await getRegistration(tx, best.registrationId)
  const offer = await insertAward(tx, {
    ...{ id: newId('auctionAward'), lotId: lot.id, registrationId, orgId, bidderNumber, amountFen: best.amountFen },
    ...{ rank: awards.length + 1, basis: 'second_offer', state: 'offered' },
    ...{ answerBy: addDays(at, lot.rules.offerAnswerDays), createdAt: at, updatedAt: at },
  })
  await appendEvents(tx, [lotOffered({ lotId: lot.id, awardId: offer.id }, at)])
  return offer
}
