import type { Prepared } from '../prepare.ts'
import type { Facts } from '../types.ts'
import { type Evidence, type Feature, MAX_EVIDENCE } from './feature.ts'

/**
 * Mean of two shares, each absent when a side does not say it: how easily the budget covers the lowest price, and how many of
 * the wanted cooperation modes are on offer. What does not fit at all is refused by a gate before.
 */
export const commercialFit: Feature = {
  name: 'commercial_fit',
  measure: ({ facts: demand }, { facts: supply }) => {
    const price = priceFit(demand, supply)
    const modes = modeFit(demand, supply)
    if (price === undefined || modes === undefined) return price ?? modes
    return (price + modes) / 2
  },
  evidence: ({ facts: demand }: Prepared, { facts: supply }: Prepared): Evidence[] =>
    sharedModes(demand, supply)
      .slice(0, MAX_EVIDENCE)
      .map((code) => ({ kind: 'code', vocabulary: 'cooperationModes', code, weight: 1 })),
}

/** Modes that both sides name and the rights allow. */
export function sharedModes(demand: Facts, supply: Facts): string[] {
  return demand.cooperationModes.filter(
    (mode) => supply.cooperationModes.includes(mode) && !supply.ipBlockedModes.includes(mode),
  )
}

/** 1 up to half of the budget, 0.5 at all of it, falling to 0 at one and a half. */
function priceFit(demand: Facts, supply: Facts): number | undefined {
  const budgetFen = demand.priceMaxFen
  const priceFen = supply.priceMinFen
  if (budgetFen === undefined || priceFen === undefined) return undefined
  if (priceFen === 0) return 1
  return Math.max(0, Math.min(1, 1.5 - priceFen / Math.max(1, budgetFen)))
}

/** The first shared mode is worth three quarters: one is enough for a deal. */
function modeFit(demand: Facts, supply: Facts): number | undefined {
  const wanted = demand.cooperationModes.length
  if (wanted === 0 || supply.cooperationModes.length === 0) return undefined
  let shared = 0
  for (const mode of demand.cooperationModes) {
    if (supply.cooperationModes.includes(mode) && !supply.ipBlockedModes.includes(mode)) shared++
  }
  return shared === 0 ? 0 : 0.75 + (0.25 * shared) / wanted
}
