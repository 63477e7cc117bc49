import type { Facts } from '../types.ts'
import type { Feature } from './feature.ts'

/**
 * 0.7 at the least maturity that is asked for, 1 at two levels above it, since what is further along is surer to work; below it 0.2
 * less a level. Absent when a side names no level.
 */
export const maturityFit: Feature = {
  name: 'maturity_fit',
  measure: ({ facts: demand }, { facts: supply }) => {
    if (!namesLevel(demand) || !namesLevel(supply)) return undefined
    const wantedMin = demand.trlMin ?? 1
    const over = (supply.trlMax ?? 9) - wantedMin
    const beyond = (supply.trlMin ?? 1) - (demand.trlMax ?? 9)
    if (beyond > 0) return Math.max(0, 0.7 - 0.2 * beyond)
    return over < 0 ? Math.max(0, 0.7 + 0.2 * over) : Math.min(1, 0.7 + 0.15 * over)
  },
  evidence: () => [],
}

function namesLevel({ trlMin, trlMax }: Facts): boolean {
  return trlMin !== undefined || trlMax !== undefined
}
