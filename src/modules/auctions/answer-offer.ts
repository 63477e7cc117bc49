import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import { addDays, type Clock } from '../../kernel/clock.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { appendEvents } from '../../outbox/append.ts'
import { announceAward } from './announce-award.ts'
import { updateAward } from './award-repo.ts'
import { awardLifecycle } from './domain/award.ts'
import { lotLifecycle } from './domain/lot.ts'
import { awardEnded } from './events.ts'
import { type HeldAward, holdAward } from './hold-award.ts'
import { type Lot, updateLot } from './lot-repo.ts'
import { assertMaySee } from './policy.ts'

type Deps = { db: Db; clock: Clock }
export type AnswerOffer = { id: Id<'auction'>; answer: 'accept' | 'decline' }

/** The second-highest bidder answers in time: it takes the lot at its own bid, or the lot is defaulted. */
export function answerOffer(deps: Deps, actor: Principal, { id, answer }: AnswerOffer): Promise<Lot> {
  const at = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const held = await holdAward(tx, id, { state: 'offered', policy: (one) => assertMaySee(tx, actor, one) })
    const { lot, award } = held
    if (award.orgId !== actor.orgId) throw notFound('offer')
    if (answer === 'decline') return declineHeld(tx, held, at)
    if (award.answerBy < at) throw new AppError('TRANSITION_NOT_ALLOWED', 'The time to accept has passed.')
    const accepted = await updateAward(tx, award.id, {
      ...{ state: move(awardLifecycle, award.state, 'accept'), updatedAt: at },
      answerBy: addDays(at, lot.rules?.settlementDays ?? 0),
    })
    await announceAward(tx, lot, accepted, at)
    return lot
  })
}

/** The offer comes to nothing, said or by its deadline, and with it the lot. */
export async function declineHeld(tx: Tx, { lot, award }: HeldAward, at: Date): Promise<Lot> {
  await updateAward(tx, award.id, { state: move(awardLifecycle, award.state, 'decline'), updatedAt: at })
  await appendEvents(tx, [awardEnded({ lotId: lot.id, awardId: award.id, reason: 'declined' }, at)])
  return updateLot(tx, lot.id, { state: move(lotLifecycle, lot.state, 'default'), updatedAt: at })
}
