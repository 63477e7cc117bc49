import type { StateMachine } from '../../../kernel/state-machine.ts'

export const stages = [
  ...(['pre_checked', 'submitted', 'accepted', 'due_diligence', 'approved', 'declined', 'withdrawn'] as const),
  ...(['guaranteed', 'drawn', 'repaying', 'settled', 'overdue', 'compensated'] as const),
] as const
export type Stage = (typeof stages)[number]

export const applicantActions = ['submit', 'withdraw'] as const
export const providerActions = [
  ...(['accept', 'start_due_diligence', 'approve', 'decline', 'guarantee'] as const),
  ...(['draw', 'repay', 'settle', 'mark_overdue', 'compensate'] as const),
] as const
export const actions = [...applicantActions, ...providerActions] as const
export type Action = (typeof actions)[number]

/** From the pre-check to the end of the loan (申报 → 审批 → 获贷). Several drawings and repayments stay in their stage. */
export const applicationLifecycle: StateMachine<Stage, Action> = {
  pre_checked: { submit: 'submitted', withdraw: 'withdrawn' },
  submitted: { accept: 'accepted', decline: 'declined', withdraw: 'withdrawn' },
  accepted: { start_due_diligence: 'due_diligence', decline: 'declined', withdraw: 'withdrawn' },
  due_diligence: { approve: 'approved', decline: 'declined', withdraw: 'withdrawn' },
  approved: { guarantee: 'guaranteed', draw: 'drawn', withdraw: 'withdrawn' },
  guaranteed: { draw: 'drawn' },
  drawn: { draw: 'drawn', repay: 'repaying', mark_overdue: 'overdue' },
  repaying: { draw: 'repaying', repay: 'repaying', settle: 'settled', mark_overdue: 'overdue' },
  overdue: { repay: 'repaying', compensate: 'compensated' },
  compensated: {},
  settled: {},
  declined: {},
  withdrawn: {},
}

/** Days that the provider has for its next step in a stage; approval as the product promises, ten where it does not. */
export function daysToAct(stage: Stage, approvalDays = 10): number | undefined {
  const days: Partial<Record<Stage, number>> = { submitted: 3, accepted: 3, due_diligence: approvalDays, approved: 30 }
  return days[stage]
}
