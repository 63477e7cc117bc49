import type { Facts } from '../types.ts'

export type GateCode =
  | 'own_organisation'
  | 'not_open'
  | 'region_excluded'
  | 'cooperation_modes_disjoint'
  | 'ip_unavailable'
  | 'maturity_out_of_range'
  | 'price_above_budget'
  | 'deadline_passed'

export type GateFailure = {
  code: GateCode
  /** From 0, just outside, to 1, out of reach; comparable between gates, so that near misses can be ordered. */
  distance: number
  /** The values that clashed, for an explanation and for the smallest change that would open the gate. */
  detail: Readonly<Record<string, string | number | readonly string[]>>
}

/** A hard condition. What a side has not said fails no gate. `today` is YYYY-MM-DD in the market's time zone. */
export type Gate = (demand: Facts, supply: Facts, today: string) => GateFailure | undefined

export function clampDistance(distance: number): number {
  return Math.max(0, Math.min(1, distance))
}
