import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError, invalidField } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { registrationLifecycle } from './domain/registration.ts'
import { lockBook, lockLot } from './lot-repo.ts'
import { moveDeposit } from './move-deposit.ts'
import { assertOperatorOf } from './policy.ts'
import { getRegistration, lockRegistration, type Registration, updateRegistration } from './registration-repo.ts'

type Deps = { db: Db; clock: Clock }
export type DecideRegistration = {
  id: Id<'auctionRegistration'>
  decision: 'admit' | 'refuse' | 'exclude'
  /** Of the payment that came in; needed to admit where the lot asks for a deposit. */
  depositReference?: string | undefined
  note?: string | undefined
}

/**
 * The operator admits a bidder whose deposit came in, refuses it, or excludes one that it had admitted. An excluded bidder
 * gets its deposit back, unless it leads: its bid binds. Admission and frozen deposit are one.
 */
export async function decideRegistration(
  deps: Deps,
  actor: Principal,
  input: DecideRegistration,
): Promise<Registration> {
  const at = deps.clock.now()
  const { lotId } = await getRegistration(deps.db, input.id)
  return withTx(deps.db, async (tx) => {
    const leaderId = (await lockBook(tx, lotId))?.book.leaderId
    const lot = await lockLot(tx, lotId)
    await assertOperatorOf(tx, actor, lot.market, 'registration')
    const registration = await lockRegistration(tx, input.id)
    const state = move(registrationLifecycle, registration.state, input.decision)
    if (input.decision === 'exclude' && leaderId === registration.id) {
      throw new AppError('TRANSITION_NOT_ALLOWED', 'This bidder leads, and a bid binds.')
    }
    await moveDepositFor(tx, actor, { registration, input, at })
    const { decision, note } = input
    const by = { orgId: actor.orgId, userId: actor.userId, facts: { auctionId: lotId, decision, note } }
    await appendAudit(tx, { ...by, action: 'auction_registration.decided', objectId: registration.id, at })
    const decided = { state, decisionNote: input.note ?? null, decidedBy: actor.userId, decidedAt: at }
    return updateRegistration(tx, registration.id, decided)
  })
}

type Decided = { registration: Registration; input: DecideRegistration; at: Date }

async function moveDepositFor(tx: Tx, actor: Principal, { registration, input, at }: Decided): Promise<void> {
  const context = { movedBy: actor.userId, reference: input.depositReference, at }
  if (input.decision === 'admit') {
    if (registration.depositFen > 0 && input.depositReference === undefined) {
      throw invalidField('#/depositReference', 'required', 'is required to admit: the reference of the payment')
    }
    await moveDeposit(tx, registration, { ...context, move: 'freeze' })
  }
  if (input.decision === 'exclude') await moveDeposit(tx, registration, { ...context, move: 'return' })
}
