import type { StateMachine } from '../../../kernel/state-machine.ts'

export const jointStates = ['proposed', 'inviting', 'opened', 'dropped', 'dismissed'] as const
export type JointState = (typeof jointStates)[number]
export type JointAction = 'accept' | 'dismiss' | 'open' | 'drop'

/** Proposed by the system, accepted by an operator, answered by the members. */
export const jointMachine: StateMachine<JointState, JointAction> = {
  proposed: { accept: 'inviting', dismiss: 'dismissed' },
  inviting: { open: 'opened', drop: 'dropped' },
  opened: {},
  dropped: {},
  dismissed: {},
}

export const memberAnswers = ['agreed', 'declined'] as const
export type MemberAnswer = (typeof memberAnswers)[number]

/** Time to ask the management. */
export const answerDays = 14

export type Answered = { answer: MemberAnswer | null }

/** What the answers make of an invitation: one alone is no joint demand; silence counts once the time is up. */
export function resultOf(members: readonly Answered[], isTimeUp: boolean): 'open' | 'drop' | undefined {
  const agreed = members.filter(({ answer }) => answer === 'agreed').length
  const open = members.filter(({ answer }) => answer === null).length
  if (open > 0 && !isTimeUp) return agreed + open < 2 ? 'drop' : undefined
  return agreed >= 2 ? 'open' : 'drop'
}
