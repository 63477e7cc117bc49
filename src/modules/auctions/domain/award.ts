import type { StateMachine } from '../../../kernel/state-machine.ts'

/** A won bid binds at once; an offer waits for an answer. */
export const awardStates = ['accepted', 'offered', 'declined', 'defaulted', 'superseded', 'settled'] as const
export type AwardState = (typeof awardStates)[number]

export const awardBases = ['bidding', 'priority', 'second_offer'] as const
export type AwardBasis = (typeof awardBases)[number]

export type AwardAction = 'accept' | 'decline' | 'default' | 'supersede' | 'settle'

export const awardLifecycle: StateMachine<AwardState, AwardAction> = {
  offered: { accept: 'accepted', decline: 'declined' },
  accepted: { settle: 'settled', default: 'defaulted', supersede: 'superseded' },
  declined: {},
  defaulted: {},
  superseded: {},
  settled: {},
}

/** States in which the lot is somebody's; the database lets a lot have one such award. */
export const standingAwardStates = ['accepted', 'offered', 'settled'] as const satisfies readonly AwardState[]

type Placed = { registrationId: string; amountFen: number }

/** The highest bid of another bidder than the one that defaulted; undefined when there is none at the reserve or above. */
export function runnerUp<B extends Placed>(bids: readonly B[], defaulted: string, reserveFen: number): B | undefined {
  const others = bids.filter(({ registrationId }) => registrationId !== defaulted)
  const best = others.reduce<B | undefined>(
    (top, bid) => (top && top.amountFen >= bid.amountFen ? top : bid),
    undefined,
  )
  return best !== undefined && best.amountFen >= reserveFen ? best : undefined
}
