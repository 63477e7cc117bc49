import type { Prepared } from '../prepare.ts'
import { prepare } from '../prepare.ts'
import type { TextModel } from '../text-model.ts'
import type { Facts } from '../types.ts'
import { contentCharacters } from './content-characters.ts'
import type { Feature } from './feature.ts'
import { titleEmbedding } from './title-embedding.ts'

type Spread = { mean: number; deviation: number }

/** Of the development data; counts as much as 20 titles, so that a market of few is not judged by chance. */
const PRIOR_WEIGHT = 20
const PRIORS = {
  title_standing: { mean: 0.06, deviation: 0.11 },
  content_standing: { mean: 0.11, deviation: 0.06 },
} as const

/** What the demand has in common with just anything on the market would otherwise pass for a fit. */
export const titleStanding: Feature = standing('title_standing', titleEmbedding)

/**
 * The overlap with the demand's whole text, in deviations from what titles of the market at large reach: a long text
 * shares characters with everything. Together the two raise P2 Score by 0.004 and the AUC for level ≥ 2 by 0.010.
 */
export const contentStanding: Feature = standing('content_standing', contentCharacters)

function standing(name: keyof typeof PRIORS, { measure, evidence }: Feature): Feature {
  const spreads = new WeakMap<Prepared, Spread>()
  const spreadOf = (demand: Prepared): Spread => {
    const known = spreads.get(demand)
    if (known) return known
    const values = referenceOf(demand.textModel).flatMap((title) => measure(demand, title) ?? [])
    const spread = spreadAround(PRIORS[name], values)
    spreads.set(demand, spread)
    return spread
  }
  return {
    name,
    measure: (demand, supply) => {
      const value = measure(demand, supply)
      if (value === undefined) return undefined
      const { mean, deviation } = spreadOf(demand)
      return (value - mean) / deviation
    },
    evidence,
  }
}

function spreadAround(prior: Spread, values: readonly number[]): Spread {
  const count = values.length + PRIOR_WEIGHT
  const mean = values.reduce((sum, value) => sum + value, PRIOR_WEIGHT * prior.mean) / count
  const own = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const variance = (own + PRIOR_WEIGHT * (prior.deviation ** 2 + (prior.mean - mean) ** 2)) / count
  return { mean, deviation: Math.sqrt(variance) }
}

const references = new WeakMap<TextModel, readonly Prepared[]>()

/** Prepared once a model: 200 titles take 10 ms, measuring a demand against them 0.3 ms. */
function referenceOf(textModel: TextModel): readonly Prepared[] {
  const known = references.get(textModel)
  if (known) return known
  const prepared = textModel.reference.map((title) => prepare({ ...NOBODY, title }, textModel))
  references.set(textModel, prepared)
  return prepared
}

const NOBODY: Omit<Facts, 'title'> = {
  ...{ id: '', kind: 'supply', orgId: '', market: '', body: '', state: 'published', trustCode: 'green' },
  ...{ fields: [], industries: [], strategicIndustries: [], ipc: [], cooperationModes: [], ipBlockedModes: [] },
  acceptedRegions: [],
}
