import type { Vocabulary } from '../classification/classification.ts'
import type { Prepared } from '../prepare.ts'

export type FeatureName =
  | 'title_characters'
  | 'content_characters'
  | 'title_embedding'
  | 'term_rarity'
  | 'classification'

/** What a value rests on. Weights compare pieces of evidence of one feature, not of two. */
export type Evidence =
  | { kind: 'character' | 'phrase' | 'rare_term'; term: string; weight: number }
  | { kind: 'related'; term: string; counterpart: string; weight: number }
  | { kind: 'code'; vocabulary: Vocabulary; code: string; weight: number }

/**
 * One way to compare a demand with a supply. Pure, and greater always means more alike, so that a
 * weight of zero or more keeps the score monotone.
 */
export type Feature = {
  name: FeatureName
  /** Undefined when a side lacks what is compared: absent is not unlike. */
  measure: (demand: Prepared, supply: Prepared) => number | undefined
  /** At most 8 pieces, the weightiest first. Costs more than the measure: ask for pairs that are shown. */
  evidence: (demand: Prepared, supply: Prepared) => Evidence[]
}

export const MAX_EVIDENCE = 8
