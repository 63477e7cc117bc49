/** Where values lie and how widely. */
export type Spread = { mean: number; deviation: number }

/** Counts as much as 20 values, so that a market of few is not judged by chance. */
const PRIOR_WEIGHT = 20

/** Of these values, drawn to what is usual as strongly as they are few. */
export function spreadAround(prior: Spread, values: readonly number[]): Spread {
  const count = values.length + PRIOR_WEIGHT
  const mean = values.reduce((sum, value) => sum + value, PRIOR_WEIGHT * prior.mean) / count
  const own = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const variance = (own + PRIOR_WEIGHT * (prior.deviation ** 2 + (prior.mean - mean) ** 2)) / count
  return { mean, deviation: Math.sqrt(variance) }
}
