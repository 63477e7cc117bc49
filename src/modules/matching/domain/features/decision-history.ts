import type { Feature } from './feature.ts'

/**
 * How far brokers' decisions on this demand shift what is expected of a supply like this one: above 0 when they approved
 * more than foreseen, below when they rejected. Absent as long as nobody has decided.
 */
export const decisionHistory: Feature = {
  name: 'decision_history',
  measure: ({ history }, supply) => history?.(supply).value,
  evidence: ({ history }, supply) =>
    (history?.(supply).evidence ?? []).map(({ id, weight }) => ({ kind: 'decision', term: id, weight })),
}
