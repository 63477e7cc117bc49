import type { StateMachine } from '../../../kernel/state-machine.ts'

export const sides = ['demand', 'supply'] as const
export type Side = (typeof sides)[number]

/** Who takes part in the thread and in meetings. */
export const parties = ['demand', 'supply', 'broker'] as const
export type Party = (typeof parties)[number]

export const answers = ['accept', 'decline'] as const
export type Answer = (typeof answers)[number]

/** `accepted`: both sides want to meet. `in_contact`: one of them has made the first step since. */
export const introductionStates = ['asked', 'accepted', 'in_contact', 'declined', 'closed'] as const
export type IntroductionState = (typeof introductionStates)[number]
export type IntroductionAction = 'agree' | 'decline' | 'lapse' | 'withdraw' | 'make_contact' | 'replace_broker' | 'end'

/** `lapse`: a side stayed silent, or its listing left the market. `withdraw`: the broker takes the question back. */
export const introductionMachine: StateMachine<IntroductionState, IntroductionAction> = {
  asked: { replace_broker: 'asked', agree: 'accepted', decline: 'declined', lapse: 'closed', withdraw: 'closed' },
  accepted: { replace_broker: 'accepted', make_contact: 'in_contact', end: 'closed' },
  in_contact: { replace_broker: 'in_contact', make_contact: 'in_contact', end: 'closed' },
  declined: {},
  closed: {},
}

/** Who or what ended an introduction: a party to it, nobody's answer, or a listing that left the market. */
export const enders = ['demand', 'supply', 'broker', 'silence', 'listing'] as const
export type Ender = (typeof enders)[number]

export const otherSide = (side: Side): Side => (side === 'demand' ? 'supply' : 'demand')

/** Contact data and the thread are for introductions that both sides accepted and nobody ended. */
export function isMutual({ state }: { state: IntroductionState }): boolean {
  return state === 'accepted' || state === 'in_contact'
}

export type Answers = Readonly<Record<Side, Answer | null>>

/** What one side's answer does to the whole: nothing yet, while the other side has not accepted. */
export function actionOf(side: Side, answer: Answer, before: Answers): IntroductionAction | undefined {
  if (answer === 'decline') return 'decline'
  return before[otherSide(side)] === 'accept' ? 'agree' : undefined
}
