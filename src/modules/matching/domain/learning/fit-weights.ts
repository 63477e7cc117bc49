import type { FeatureName } from '../features/feature.ts'
import type { FeatureWeight } from '../score-model.ts'
import { fitProportionalOdds, type Labelled } from './proportional-odds.ts'

/** A judged pair as the features measured it, in the order of their names. */
export type Sample = { values: readonly (number | undefined)[]; level: number }

export type Fitted = { features: FeatureWeight[]; cuts: number[] }

export type WeightOptions = {
  levels: number
  ridge: number
  /** Where the weights begin and whither the ridge draws them; its means and deviations are kept as well. */
  prior?: readonly FeatureWeight[] | undefined
}

/**
 * Learns how much each feature counts. Every feature means "more alike" when it grows, so a weight that would come out
 * negative is noise or double counting: the most negative one is set to zero and the rest fitted again. A feature that
 * no sample has, or all alike, keeps the weight of the prior, without one it is left out.
 */
export function fitWeights(names: readonly FeatureName[], samples: readonly Sample[], options: WeightOptions): Fitted {
  const scales = names.map((feature, i) => scaleOf(feature, columnOf(samples, i), options.prior))
  const isFixed = scales.map((scale) => scale.isConstant)
  for (;;) {
    const free = scales.flatMap((_, i) => (isFixed[i] ? [] : [i]))
    const rows = samples.map((sample) => standardise(sample, free, scales))
    const prior = Float64Array.from(free, (i) => scales[i]?.weight ?? 0)
    const { weights, cuts } = fitProportionalOdds(rows, { ...options, prior })
    const worst = Math.min(0, ...weights)
    if (worst === 0) return { features: featuresOf(scales, free, weights), cuts: [...cuts] }
    const negative = free[weights.indexOf(worst)] ?? 0
    isFixed[negative] = true
    scales[negative] = { ...(scales[negative] as Scale), weight: 0 }
  }
}

type Scale = FeatureWeight & { isConstant: boolean }

function columnOf(samples: readonly Sample[], i: number): number[] {
  return samples.flatMap(({ values }) => values[i] ?? [])
}

function scaleOf(feature: FeatureName, values: readonly number[], prior: readonly FeatureWeight[] = []): Scale {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length)
  const isConstant = variance < 1e-12
  const known = prior.find((entry) => entry.feature === feature)
  return { ...(known ?? { feature, weight: 0, mean, deviation: Math.sqrt(variance) || 1 }), isConstant }
}

/** Absent is 0, as in the scorer: the contribution of an average pair. */
function standardise({ values, level }: Sample, free: readonly number[], scales: readonly Scale[]): Labelled {
  const standard = Float64Array.from(free, (i) => {
    const value = values[i]
    const scale = scales[i]
    return value === undefined || scale === undefined ? 0 : (value - scale.mean) / scale.deviation
  })
  return { values: standard, level }
}

function featuresOf(scales: readonly Scale[], free: readonly number[], weights: Float64Array): FeatureWeight[] {
  return scales.flatMap(({ isConstant: _, ...entry }, i) => {
    const place = free.indexOf(i)
    const weight = place < 0 ? entry.weight : (weights[place] ?? 0)
    return weight > 0 ? [{ ...entry, weight }] : []
  })
}
