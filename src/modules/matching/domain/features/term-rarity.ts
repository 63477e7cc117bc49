import { idfOf } from '../idf.ts'
import { type Feature, MAX_EVIDENCE } from './feature.ts'

/** Mean idf of the supply's title: a title of rare terms says precisely what it offers. Nearly without weight. */
export const termRarity: Feature = {
  name: 'term_rarity',
  measure: (_demand, supply) => supply.titleRarity,
  evidence: (_demand, { titleCharacters, textModel }) =>
    (titleCharacters?.terms ?? [])
      .map((term) => ({ kind: 'rare_term' as const, term, weight: idfOf(textModel.idf, term) }))
      .sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1))
      .slice(0, MAX_EVIDENCE),
}
