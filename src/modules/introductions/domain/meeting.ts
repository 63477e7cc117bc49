import type { StateMachine } from '../../../kernel/state-machine.ts'

export const meetingStates = ['proposed', 'agreed', 'cancelled'] as const
export type MeetingState = (typeof meetingStates)[number]
export type MeetingAction = 'agree' | 'cancel'

export const meetingModes = ['online', 'on_site', 'phone'] as const

export const meetingMachine: StateMachine<MeetingState, MeetingAction> = {
  proposed: { agree: 'agreed', cancel: 'cancelled' },
  agreed: { cancel: 'cancelled' },
  cancelled: {},
}
