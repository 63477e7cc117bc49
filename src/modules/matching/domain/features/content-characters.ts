import type { Prepared } from '../prepare.ts'
import { sharedPhrases } from '../shared-phrases.ts'
import { cosine } from '../sparse.ts'
import { type Feature, MAX_EVIDENCE } from './feature.ts'

/**
 * Cosine of the idf-weighted characters and character pairs of the demand's whole text with the supply's
 * title. The square root keeps a three-line demand, whose vector is short, from beating every long one;
 * it changes no order within a demand and adds 0.002 Score.
 */
export const contentCharacters: Feature = {
  name: 'content_characters',
  measure: ({ contentGrams: demand }, { titleGrams: supply }) => demand && supply && Math.sqrt(cosine(demand, supply)),
  evidence: (demand: Prepared, supply: Prepared) =>
    sharedPhrases(demand, supply)
      .slice(0, MAX_EVIDENCE)
      .map(({ term, weight }) => ({ kind: 'phrase', term, weight })),
}
