import { cholesky, solve } from './cholesky.ts'

/** Standardised values, 0 where a feature is absent, and the level from 1 up. */
export type Labelled = { values: Float64Array; level: number }

/** P(level > k) = 1 / (1 + e^(cuts[k−1] − values·weights)). The cuts rise. */
export type ProportionalOdds = { weights: Float64Array; cuts: Float64Array; isConverged: boolean }

export type FitOptions = {
  /** 4 for judged levels, 2 for rejected and approved. */
  levels: number
  /** Strength with which every weight is drawn to its prior. */
  ridge: number
  /** Towards these weights instead of zero: few decisions then change a known model little. */
  prior?: Float64Array | undefined
}

const MAX_STEPS = 100
const MAX_HALVINGS = 30
/** Gain of log likelihood below which another step changes no digit that anybody reads. */
const MIN_GAIN = 1e-9

/**
 * Maximum likelihood by Fisher scoring with a ridge on the weights; steps that do not gain are halved, so it always ends
 * no worse than it began. The same rows in the same order give the same bits. 4,000 rows of 4 features take 60 ms.
 */
export function fitProportionalOdds(rows: readonly Labelled[], options: FitOptions): ProportionalOdds {
  const width = rows[0]?.values.length ?? 0
  let current = initialParameters(rows, width, options)
  let gained = likelihood(rows, current, options)
  for (let step = 0; step < MAX_STEPS; step++) {
    const direction = fisherStep(rows, current, options)
    const next = direction && climb(rows, { from: current, direction, best: gained }, options)
    if (next === undefined || next.value - gained < MIN_GAIN) return split(next?.at ?? current, width, true)
    current = next.at
    gained = next.value
  }
  return split(current, width, false)
}

/** The mean of P(level > k) over k: 0 for the lowest level, 1 for the highest. */
export function expectedOutcome(latent: number, cuts: ArrayLike<number>): number {
  let sum = 0
  for (let k = 0; k < cuts.length; k++) sum += 1 / (1 + Math.exp((cuts[k] ?? 0) - latent))
  return sum / cuts.length
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < b.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}

/** Weights, then cuts, in one array. */
type Parameters = Float64Array

function split(parameters: Parameters, width: number, isConverged: boolean): ProportionalOdds {
  return { weights: parameters.slice(0, width), cuts: parameters.slice(width), isConverged }
}

/** Cuts at the logits of the observed shares, smoothed by half a row a level. */
function initialParameters(rows: readonly Labelled[], width: number, { levels, prior }: FitOptions): Parameters {
  const parameters = new Float64Array(width + levels - 1)
  if (prior) parameters.set(prior)
  for (let k = 1; k < levels; k++) {
    const below = rows.filter(({ level }) => level <= k).length + 0.5 * k
    parameters[width + k - 1] = Math.log(below / (rows.length + 0.5 * levels - below))
  }
  return parameters
}

/** Of the labels, less what the ridge takes. */
function likelihood(rows: readonly Labelled[], parameters: Parameters, { levels, ridge, prior }: FitOptions): number {
  const width = parameters.length - levels + 1
  const cuts = parameters.subarray(width)
  // Around a level that no row has, the labels alone would let the cuts cross.
  if (cuts.some((cut, k) => cut < (cuts[k - 1] ?? cut))) return Number.NEGATIVE_INFINITY
  let sum = 0
  for (const { values, level } of rows) {
    const latent = dot(parameters, values)
    const p = above(cuts, level - 1, latent) - above(cuts, level, latent)
    if (!(p > 0)) return Number.NEGATIVE_INFINITY
    sum += Math.log(p)
  }
  for (let i = 0; i < width; i++) sum -= (ridge / 2) * ((parameters[i] ?? 0) - (prior?.[i] ?? 0)) ** 2
  return sum
}

/** P(level > k); certain at the ends. */
function above(cuts: Float64Array, k: number, latent: number): number {
  if (k <= 0) return 1
  const cut = cuts[k - 1]
  return cut === undefined ? 0 : 1 / (1 + Math.exp(cut - latent))
}

/** Information⁻¹ × gradient of the penalised likelihood. */
function fisherStep(rows: readonly Labelled[], parameters: Parameters, options: FitOptions): Float64Array | undefined {
  const size = parameters.length
  const sums: Sums = {
    gradient: new Float64Array(size),
    information: Array.from({ length: size }, (_, i) => new Float64Array(i + 1)),
  }
  for (const row of rows) addRow(sums, row, parameters)
  addRidge(sums, parameters, options)
  const factor = cholesky(sums.information)
  return factor && solve(factor, sums.gradient)
}

type Sums = { gradient: Float64Array; information: Float64Array[] }

/** Each level that the row might have had adds (∂p)(∂p)ᵀ / p to the information; the one it has, ∂p / p to the gradient. */
function addRow({ gradient, information }: Sums, { values, level }: Labelled, parameters: Parameters): void {
  const width = values.length
  const cuts = parameters.subarray(width)
  const latent = dot(parameters, values)
  const slope = new Float64Array(parameters.length)
  for (let j = 1; j <= cuts.length + 1; j++) {
    const [upper, lower] = [above(cuts, j - 1, latent), above(cuts, j, latent)]
    const [rise, fall] = [upper * (1 - upper), lower * (1 - lower)]
    const p = Math.max(upper - lower, 1e-12)
    slope.fill(0)
    for (let i = 0; i < width; i++) slope[i] = (rise - fall) * (values[i] ?? 0)
    if (j > 1) slope[width + j - 2] = -rise
    if (j <= cuts.length) slope[width + j - 1] = fall
    for (const [i, row] of information.entries()) addScaled(row, slope, (slope[i] ?? 0) / p)
    if (j === level) addScaled(gradient, slope, 1 / p)
  }
}

function addScaled(target: Float64Array, vector: Float64Array, scale: number): void {
  if (scale === 0) return
  for (let i = 0; i < target.length; i++) target[i] = (target[i] ?? 0) + scale * (vector[i] ?? 0)
}

/** A trace of it on the cuts, too, keeps a level that no row has from making the information singular. */
function addRidge({ gradient, information }: Sums, parameters: Parameters, { levels, ridge, prior }: FitOptions): void {
  const width = parameters.length - levels + 1
  for (const [i, row] of information.entries()) {
    row[i] = (row[i] ?? 0) + (i < width ? ridge : 0) + 1e-9
    if (i < width) gradient[i] = (gradient[i] ?? 0) - ridge * ((parameters[i] ?? 0) - (prior?.[i] ?? 0))
  }
}

type Climb = { from: Parameters; direction: Float64Array; best: number }

function climb(rows: readonly Labelled[], { from, direction, best }: Climb, options: FitOptions) {
  for (let halving = 0; halving < MAX_HALVINGS; halving++) {
    const at = from.map((value, i) => value + (direction[i] ?? 0) / 2 ** halving)
    const value = likelihood(rows, at, options)
    if (value > best) return { at, value }
  }
  return undefined
}
