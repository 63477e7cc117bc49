import type { FeatureName } from '../features/feature.ts'
import type { FeatureWeight } from '../score-model.ts'

/** The latent score of measured values, as the scorer adds it up: absent counts as average. */
export function latentOf(
  names: readonly FeatureName[],
  values: readonly (number | undefined)[],
  features: readonly FeatureWeight[],
): number {
  return features.reduce((sum, { feature, weight, mean, deviation }) => {
    const value = values[names.indexOf(feature)]
    return value === undefined ? sum : sum + (weight * (value - mean)) / deviation
  }, 0)
}
