const WHOLE = 10_000

/**
 * A draft of who bears which part of the cost, in basis points that sum to 10,000: by the budgets that the demands name, and
 * in equal parts as soon as one names none. What rounding leaves goes to the largest remainders, the first of equal ones.
 */
export function splitCost(budgets: readonly (number | null)[]): number[] {
  const isKnown = budgets.every((budget) => budget !== null && budget > 0)
  const weights = budgets.map((budget) => (isKnown ? (budget ?? 0) : 1))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const exact = weights.map((weight) => (weight / total) * WHOLE)
  const shares = exact.map(Math.floor)
  const left = WHOLE - shares.reduce((sum, share) => sum + share, 0)
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((one, other) => other.remainder - one.remainder || one.index - other.index)
  for (const { index } of byRemainder.slice(0, left)) shares[index] = (shares[index] ?? 0) + 1
  return shares
}
