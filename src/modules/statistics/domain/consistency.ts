import { checkRelation } from './relations.ts'

/** Figures as somebody reported them: where it stands now, by how much it changed, and at which rate that is said to be. */
export type ReportedGrowth = { value: number; increase: number; ratePercent: number }
export type CheckedGrowth = {
  isConsistent: boolean
  reportedPercent: number
  recomputedPercent: number
  differencePoints: number
}

/** Recomputes a reported growth rate from the value and the increase, both to two digits; see `checkRelation`. */
export function checkGrowth(growth: ReportedGrowth): CheckedGrowth {
  const checked = checkRelation({ kind: 'growth', ...growth }, { amounts: 2, rates: 2 })
  const { isConsistent, reported, recomputed, difference } = checked
  return { isConsistent, reportedPercent: reported, recomputedPercent: recomputed, differencePoints: difference }
}
