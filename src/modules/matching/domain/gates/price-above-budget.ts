import { clampDistance, type Gate } from './gate.ts'

/**
 * The lowest price is within the highest budget. Distance is the part of the price that is missing: near 0
 * for a few yuan, 0.5 when the budget is half the price.
 */
export const priceAboveBudget: Gate = (demand, supply) => {
  const budgetFen = demand.priceMaxFen
  const priceFen = supply.priceMinFen
  if (budgetFen === undefined || priceFen === undefined || priceFen <= budgetFen) return undefined
  const missingFen = priceFen - budgetFen
  return {
    code: 'price_above_budget',
    distance: clampDistance(missingFen / priceFen),
    detail: { budgetFen, priceFen, missingFen },
  }
}
