import { responsivenessOf } from '../answering-time.ts'
import type { Facts } from '../types.ts'
import type { AnsweringEvidence, Feature } from './feature.ts'

/**
 * How soon the two owners answer: of the slower one, since both must say yes, as far as it is known. Absent when nothing is known
 * of either. No model ships with a weight for it: nobody has judged pairs by it, so a refit learns it from decisions or leaves it.
 */
export const responsiveness: Feature = {
  name: 'responsiveness',
  measure: ({ facts: demand }, { facts: supply }) => {
    const known = [demand.answering, supply.answering].flatMap((time) => (time ? [responsivenessOf(time)] : []))
    return known.length === 0 ? undefined : Math.min(...known)
  },
  evidence: ({ facts: demand }, { facts: supply }) => [demand, supply].flatMap(evidenceOf),
}

function evidenceOf({ kind: side, answering }: Facts): AnsweringEvidence[] {
  return answering ? [{ kind: 'answering', side, ...answering, weight: responsivenessOf(answering) }] : []
}
