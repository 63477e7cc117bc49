import type { FeatureName } from './features/feature.ts'

export type Level = 1 | 2 | 3 | 4

/** Three rising thresholds: from level 1 to 2, from 2 to 3, from 3 to 4. */
export type Cuts = readonly [number, number, number]

/** How a feature enters: weight × (value − mean) ÷ deviation. */
export type FeatureWeight = { feature: FeatureName; weight: number; mean: number; deviation: number }

/** A proportional-odds model: P(level ≥ k) = 1 / (1 + e^(oddsCut − z)), z the sum over the present features. */
export type ScoreModel = {
  version: string
  features: readonly FeatureWeight[]
  oddsCuts: Cuts
  /** Thresholds on z that give the level with the least mean absolute error; not those of the odds. */
  levelCuts: Cuts
}
