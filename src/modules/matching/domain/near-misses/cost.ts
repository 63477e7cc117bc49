import { cooperationModesDisjoint } from '../gates/cooperation-modes-disjoint.ts'
import type { Facts } from '../types.ts'
import type { Step } from './step.ts'

/** Every change has to be agreed inside the house, so two small ones cost more than one. */
const PER_STEP = 10
/** Lowering a wish is a decision; ripening by a level is a pilot or a trial. */
const PER_LEVEL = { demand: 20, supply: 40 } as const
/** One more prefecture's reach, one province's, the whole country. */
const REGION = [0, 10, 25, 50] as const
/** A licence of another kind is still a licence; a licence instead of a service is another deal. */
const MODE_OF_SAME_FAMILY = 15
const MODE_OF_OTHER_FAMILY = 40
const PER_MONTH = 5
/** Ten times the budget, or a budget of nothing: talks begin anew. */
const MAX_PRICE = 1000

/**
 * What giving way costs, in points: a convention that orders the sets, no sum of money. A point is one per cent of the
 * budget (or of the price). A set costs the sum of its steps, so more steps and wider ones never cost less.
 */
export function costOf(asker: Facts, steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + stepCost(asker, step), 0)
}

export function stepCost(asker: Facts, step: Step): number {
  return PER_STEP + widthOf(asker, step)
}

/** By how much of itself the asker's price or budget moves, in per cent, rounded up; undefined when it is nothing. */
export function percentOf(asker: Facts, { reach }: Step): number | undefined {
  const from = asker.kind === 'demand' ? asker.priceMaxFen : asker.priceMinFen
  return from === undefined || from === 0 ? undefined : Math.ceil((reach * 100) / from)
}

function widthOf(asker: Facts, step: Step): number {
  switch (step.axis) {
    case 'price':
      return Math.min(percentOf(asker, step) ?? MAX_PRICE, MAX_PRICE)
    case 'maturity_floor':
    case 'maturity_ceiling':
      return PER_LEVEL[asker.kind] * step.reach
    case 'region':
      return REGION[step.reach] ?? 0
    case 'deadline':
      return PER_MONTH * Math.ceil(step.reach / 30)
    default:
      return isOfNamedFamily(asker, step.axis.slice('mode:'.length)) ? MODE_OF_SAME_FAMILY : MODE_OF_OTHER_FAMILY
  }
}

/** The gate knows the families: it is less far from open when one is shared. */
function isOfNamedFamily(asker: Facts, mode: string): boolean {
  return cooperationModesDisjoint(asker, { ...asker, cooperationModes: [mode] }, '')?.distance === 0
}
