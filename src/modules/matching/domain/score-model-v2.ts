import type { ScoreModel } from './score-model.ts'
import { scoreModelV1 } from './score-model-v1.ts'

/**
 * The text part of v1 as fitted, and the structured features beside it. The labels have text only, so these
 * weights are set by hand from what each may do to the odds of an approval, between its worst and its best value:
 *
 * - indicators × 0.41 … 2.1: numbers that hold or fail are what an engineer checks first. One standard deviation of the
 *   embedding multiplies by 1.8: no number makes up for another subject.
 * - commercial_fit × 0.76 … 1.1 and maturity_fit × 0.67 … 1.1: the gates have refused what cannot be; what is left is ease, and
 *   most pairs have it. Together they never lift a pair that is 0.4 by its texts and classes over 0.5.
 * - region × 0.92 … 1.1: near is welcome, far is usual.
 * - trust × 0.6 when yellow, exactly 1 when green: a listing says nothing by being in order.
 *
 * A pair that states none of it scores exactly as in v1.
 */
export const scoreModelV2: ScoreModel = {
  ...scoreModelV1,
  version: 'v2',
  features: [
    ...scoreModelV1.features,
    { feature: 'indicators', weight: 0.45, mean: 0.55, deviation: 0.28 },
    { feature: 'commercial_fit', weight: 0.07, mean: 0.8, deviation: 0.2 },
    { feature: 'maturity_fit', weight: 0.07, mean: 0.85, deviation: 0.15 },
    { feature: 'region', weight: 0.07, mean: 0.4, deviation: 0.35 },
    { feature: 'trust', weight: 0.25, mean: 1, deviation: 0.25 },
  ],
}
