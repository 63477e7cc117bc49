import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { allowedActions, move } from '../../kernel/state-machine.ts'
import { marketAncestors } from '../markets/index.ts'
import { type EnquiryAction, type EnquirySide, type EnquiryState, enquiryMachine, mayAct } from './domain/enquiry.ts'
import { type Enquiry, listQuotesOf, lockEnquiry, type Quote } from './enquiry-repo.ts'
import { assertEnquirySide, enquiryRelation } from './policy.ts'

export type Turn = { enquiry: Enquiry; side: EnquirySide; latest: Quote | undefined; state: EnquiryState; now: Date }
type Input = { id: Id<'enquiry'>; action: Exclude<EnquiryAction, 'expire'> }

/**
 * The one way in which a side changes an enquiry: lock the row, ask who may, move the machine, then `apply` writes.
 * @throws NOT_FOUND for outsiders, FORBIDDEN for operators, TRANSITION_NOT_ALLOWED.
 */
export function actOnEnquiry(
  { db, clock }: { db: Db; clock: Clock },
  actor: Principal,
  { id, action }: Input,
  apply: (tx: Tx, turn: Turn) => Promise<void>,
): Promise<void> {
  return withTx(db, async (tx) => {
    const enquiry = await lockEnquiry(tx, id)
    const line = actor.role === 'operator' ? await marketAncestors(tx, enquiry.market) : []
    const side = assertEnquirySide(enquiryRelation(enquiry, actor, line))
    const state = move(enquiryMachine, enquiry.state, action)
    const now = clock.now()
    const latest = (await listQuotesOf(tx, [id])).at(-1)
    if (!mayAct(side, action, { latest, today: chinaDay(now) })) {
      throw new AppError('TRANSITION_NOT_ALLOWED', `The ${side} cannot ${action} now.`, {
        details: {
          state: enquiry.state,
          allowedActions: actionsOf(enquiry.state, side, { latest, today: chinaDay(now) }),
        },
      })
    }
    await apply(tx, { enquiry, side, latest, state, now })
  })
}

/** What a side may do in this state. */
export function actionsOf(
  state: EnquiryState,
  side: EnquirySide,
  standing: Parameters<typeof mayAct>[2],
): Exclude<EnquiryAction, 'expire'>[] {
  return allowedActions(enquiryMachine, state).filter(
    (action): action is Exclude<EnquiryAction, 'expire'> => action !== 'expire' && mayAct(side, action, standing),
  )
}
