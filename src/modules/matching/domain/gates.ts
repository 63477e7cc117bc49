import { cooperationModesDisjoint } from './gates/cooperation-modes-disjoint.ts'
import { deadlinePassed } from './gates/deadline-passed.ts'
import type { Gate, GateFailure } from './gates/gate.ts'
import { ipUnavailable } from './gates/ip-unavailable.ts'
import { maturityOutOfRange } from './gates/maturity-out-of-range.ts'
import { notOpen } from './gates/not-open.ts'
import { ownOrganisation } from './gates/own-organisation.ts'
import { priceAboveBudget } from './gates/price-above-budget.ts'
import { regionExcluded } from './gates/region-excluded.ts'
import type { Facts } from './types.ts'

/** Every gate there is, in the order in which failures are told. */
const GATES: readonly Gate[] = [
  ownOrganisation,
  notOpen,
  regionExcluded,
  cooperationModesDisjoint,
  ipUnavailable,
  maturityOutOfRange,
  priceAboveBudget,
  deadlinePassed,
]

/** All failures, not the first only: a near miss needs to know everything that stands in the way. */
export function checkGates(demand: Facts, supply: Facts, today: string): GateFailure[] {
  return GATES.flatMap((gate) => gate(demand, supply, today) ?? [])
}

/** Whether there is none, without looking for the others after the first failure. */
export function passesGates(demand: Facts, supply: Facts, today: string): boolean {
  for (const gate of GATES) if (gate(demand, supply, today) !== undefined) return false
  return true
}
