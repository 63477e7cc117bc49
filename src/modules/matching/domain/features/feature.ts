import type { Vocabulary } from '../classification/classification.ts'
import type { UnknownReason, Verdict } from '../indicators/compare.ts'
import type { Prepared } from '../prepare.ts'
import type { ListingKind } from '../types.ts'

export type FeatureName =
  | 'title_characters'
  | 'content_characters'
  | 'title_embedding'
  | 'title_standing'
  | 'content_standing'
  | 'content_preference'
  | 'term_rarity'
  | 'classification'
  | 'indicators'
  | 'commercial_fit'
  | 'maturity_fit'
  | 'region'
  | 'trust'
  | 'responsiveness'
  | 'decision_history'

/** What a value rests on. Weights compare pieces of evidence of one feature, not of two. */
export type Evidence =
  | { kind: 'character' | 'phrase' | 'rare_term'; term: string; weight: number }
  | { kind: 'code'; vocabulary: Vocabulary | 'cooperationModes' | 'regions'; code: string; weight: number }
  | IndicatorEvidence
  | AnsweringEvidence
  /** A broker's decision on the same demand; the term is its match. */
  | { kind: 'decision'; term: string; weight: number }

/** A demanded indicator beside the offered one, as written on either side. */
export type IndicatorEvidence = {
  kind: 'indicator'
  term: string
  counterpart?: string | undefined
  verdict: Verdict
  reason?: UnknownReason | undefined
  weight: number
}

/** How soon the owner of a side answers, as it was known when the pair was scored. */
export type AnsweringEvidence = { kind: 'answering'; side: ListingKind; hours: number; cases: number; weight: number }

/** Undefined when a side lacks what is compared: absent is not unlike. */
export type Measure = (demand: Prepared, supply: Prepared) => number | undefined

/**
 * One way to compare a demand with a supply. Pure, and greater always means more alike, so that a
 * weight of zero or more keeps the score monotone.
 */
export type Feature = {
  name: FeatureName
  measure: Measure
  /** At most 8 pieces, the weightiest first. Costs more than the measure: ask for pairs that are shown. */
  evidence: (demand: Prepared, supply: Prepared) => Evidence[]
}

export const MAX_EVIDENCE = 8
