import type { Prepared } from '../prepare.ts'
import { contentCharacters } from './content-characters.ts'
import type { Feature, Measure } from './feature.ts'
import { referenceTitles } from './reference-titles.ts'
import { type Spread, spreadAround } from './spread.ts'
import { titleEmbedding } from './title-embedding.ts'

/** Usual on the development data. */
export const standingPriors = {
  title_standing: { mean: 0.06, deviation: 0.11 },
  content_standing: { mean: 0.11, deviation: 0.06 },
} as const

/** What the demand has in common with just anything on the market would otherwise pass for a fit. */
export const titleStanding: Feature = {
  name: 'title_standing',
  measure: standing(standingPriors.title_standing, titleEmbedding.measure),
  evidence: titleEmbedding.evidence,
}

/**
 * The overlap with the demand's whole text, in deviations from what titles of the market at large reach: a long text
 * shares characters with everything. Together the two raise P2 Score by 0.004 and the AUC for level ≥ 2 by 0.010.
 */
export const contentStanding: Feature = {
  name: 'content_standing',
  measure: standing(standingPriors.content_standing, contentCharacters.measure),
  evidence: contentCharacters.evidence,
}

/** A value in deviations from what the demand reaches with titles of the market at large. */
export function standing(prior: Spread, measure: Measure): Measure {
  const spreads = new WeakMap<Prepared, Spread>()
  const spreadOf = (demand: Prepared): Spread => {
    const known = spreads.get(demand)
    if (known) return known
    const values = referenceTitles(demand.textModel).flatMap((title) => measure(demand, title) ?? [])
    const spread = spreadAround(prior, values)
    spreads.set(demand, spread)
    return spread
  }
  return (demand, supply) => {
    const value = measure(demand, supply)
    if (value === undefined) return undefined
    const { mean, deviation } = spreadOf(demand)
    return (value - mean) / deviation
  }
}
