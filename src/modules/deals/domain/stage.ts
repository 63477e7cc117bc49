import type { StateMachine } from '../../../kernel/state-machine.ts'

export const dealStages = ['intent', 'negotiating', 'signed', 'registered', 'performed', 'dropped'] as const
export type DealStage = (typeof dealStages)[number]

export const dealActions = ['negotiate', 'sign', 'register', 'refuse_registration', 'perform', 'drop'] as const
export type DealAction = (typeof dealActions)[number]

/** A refused registration changes no stage: the parties mend the contract and file it again. */
export const dealMachine: StateMachine<DealStage, DealAction> = {
  intent: { negotiate: 'negotiating', drop: 'dropped' },
  negotiating: { sign: 'signed', drop: 'dropped' },
  signed: { register: 'registered', refuse_registration: 'signed', drop: 'dropped' },
  registered: { perform: 'performed', drop: 'dropped' },
  performed: {},
  dropped: {},
}

/** Before the signature a deal is an intent, whatever the parties call it; from then on its amounts are closed ones. */
export function isClosed(stage: DealStage): boolean {
  return stage === 'signed' || stage === 'registered' || stage === 'performed'
}

/** The terms are the parties' to change until both have signed them. */
export function areTermsOpen(stage: DealStage): boolean {
  return stage === 'intent' || stage === 'negotiating'
}
