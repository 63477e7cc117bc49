import type { FeatureName } from './features/feature.ts'
import type { ScoreModel } from './score-model.ts'
import { scoreModelV3 } from './score-model-v3.ts'

/** What v3 makes of the texts. A standing measures the same as its cosine: both in one model would count it twice. */
const replaced: readonly FeatureName[] = ['title_characters', 'content_characters', 'title_embedding', 'term_rarity']

/**
 * The texts by how far a pair stands above what its demand, and what its supply, has in common with the market at large;
 * everything else as in v3. Printed by `npm run fit:matching` on the 5,062 pairs that v1 was fitted on, means and deviations
 * among them, so that a pair without any text counts as an average one of those. The rarity of terms came out at zero.
 */
export const scoreModelV4: ScoreModel = {
  version: 'v4',
  features: [
    { feature: 'title_standing', weight: 0.525, mean: 1.434, deviation: 1.934 },
    { feature: 'content_standing', weight: 0.279, mean: 1.089, deviation: 1.496 },
    { feature: 'content_preference', weight: 0.427, mean: 1.205, deviation: 1.534 },
    { feature: 'title_characters', weight: 0.099, mean: 0.109, deviation: 0.13 },
    ...scoreModelV3.features.filter(({ feature }) => !replaced.includes(feature)),
  ],
  oddsCuts: [-0.29, 2.565, 4.117],
  levelCuts: [-0.319, 3.147, 4.039],
}
