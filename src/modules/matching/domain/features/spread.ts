/** Where values lie and how widely. */
export type Spread = { mean: number; deviation: number }

/** Counts as much as 20 values, so that a market of few is not judged by chance. */
const PRIOR_WEIGHT = 20

/**
 * Of these values, drawn to what is usual as strongly as they are few. Of one type of array, because for loops that meet
 * two V8 makes an object of each number: 5 KB a listing.
 */
export function spreadAround(prior: Spread, values: Float64Array): Spread {
  const count = values.length + PRIOR_WEIGHT
  let sum = PRIOR_WEIGHT * prior.mean
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0
  const mean = sum / count
  let squares = PRIOR_WEIGHT * (prior.deviation ** 2 + (prior.mean - mean) ** 2)
  for (let i = 0; i < values.length; i++) squares += ((values[i] ?? 0) - mean) ** 2
  return { mean, deviation: Math.sqrt(squares / count) }
}
