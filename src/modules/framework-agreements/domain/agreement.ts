import type { StateMachine } from '../../../kernel/state-machine.ts'

export const agreementStates = ['proposed', 'in_force', 'declined', 'ended'] as const
export type AgreementState = (typeof agreementStates)[number]
export const agreementActions = ['accept', 'decline', 'end'] as const
export type AgreementAction = (typeof agreementActions)[number]

/** The bank proposes, the enterprise answers, either ends. */
export const agreementLifecycle: StateMachine<AgreementState, AgreementAction> = {
  proposed: { accept: 'in_force', decline: 'declined', end: 'ended' },
  in_force: { end: 'ended' },
  declined: {},
  ended: {},
}

/** A part of the line that opens on a day. */
export type Commitment = { from: string; amountFen: number; condition?: string | undefined }

export type Terms = {
  lineFen: number
  /** Whether what was repaid may be drawn again. */
  isRevolving: boolean
  validFrom: string
  validTo: string
  commitments: readonly Commitment[]
}
export type Used = { drawnFen: number; repaidFen: number }

/** The part of the line that is open on a day: the commitments that have begun, while the agreement is valid. */
export function openOn({ validFrom, validTo, commitments }: Terms, day: string): number {
  if (day < validFrom || day > validTo) return 0
  return commitments.filter(({ from }) => from <= day).reduce((sum, { amountFen }) => sum + amountFen, 0)
}

/** What may still be drawn on a day. */
export function roomOn(terms: Terms, { drawnFen, repaidFen }: Used, day: string): number {
  const used = terms.isRevolving ? drawnFen - repaidFen : drawnFen
  return Math.max(0, openOn(terms, day) - used)
}

/** What is wrong with terms: the place of it and a sentence. */
export function faultOf({ lineFen, validFrom, validTo, commitments }: Terms): [string, string] | undefined {
  if (validTo < validFrom) return ['validTo', 'must not be before validFrom']
  const sum = commitments.reduce((total, { amountFen }) => total + amountFen, 0)
  if (sum !== lineFen) return ['commitments', `sum to ${sum} fen, not to the line of ${lineFen} fen`]
  const late = commitments.findIndex(({ from }) => from < validFrom || from > validTo)
  return late === -1 ? undefined : [`commitments/${late}/from`, 'must lie within the validity']
}

/** For people. */
export const agreementStateNames: Record<AgreementState, { zh: string; en: string }> = {
  proposed: { zh: '待贵方确认', en: 'waits for your answer' },
  in_force: { zh: '已生效', en: 'in force' },
  declined: { zh: '未接受', en: 'declined' },
  ended: { zh: '已终止', en: 'ended' },
}
