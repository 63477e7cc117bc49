export const qualificationStates = ['declared', 'verified', 'expired'] as const
export type QualificationState = (typeof qualificationStates)[number]

type Dated = { state: QualificationState; validTo: string | null }

/** The state on a day in China; the last day of validity still counts. */
export function qualificationState({ state, validTo }: Dated, today: string): QualificationState {
  return validTo !== null && validTo < today ? 'expired' : state
}
