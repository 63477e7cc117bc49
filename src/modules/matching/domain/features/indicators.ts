import { type Comparison, compareIndicators, satisfaction, worthOf } from '../indicators/compare.ts'
import { indicatorText } from '../indicators/indicator-text.ts'
import { type Feature, type IndicatorEvidence, MAX_EVIDENCE } from './feature.ts'

/**
 * Mean satisfaction of the demanded indicators that the supply says something comparable about: 1 when met, half a
 * point less the missing share when not, so that a near miss is worth more than a wide one. Absent when nothing is comparable.
 */
export const indicators: Feature = {
  name: 'indicators',
  measure: ({ indicators: demanded }, { indicators: offered }) => {
    return demanded.length === 0 || offered.length === 0 ? undefined : satisfaction(demanded, offered)
  },
  evidence: ({ indicators: demanded }, { indicators: offered }) =>
    compareIndicators(demanded, offered).map(evidenceOf).sort(byVerdict).slice(0, MAX_EVIDENCE),
}

function evidenceOf(comparison: Comparison): IndicatorEvidence {
  const { demanded, offered, verdict, reason } = comparison
  return {
    kind: 'indicator',
    term: indicatorText(demanded),
    counterpart: offered.length > 0 ? offered.map(indicatorText).join('、') : undefined,
    verdict,
    reason,
    weight: verdict === 'unknown' ? 0 : worthOf(comparison),
  }
}

/** What was judged first, the missed ones leading: they are what a broker asks about. */
function byVerdict(a: IndicatorEvidence, b: IndicatorEvidence): number {
  return ORDER[a.verdict] - ORDER[b.verdict]
}

const ORDER = { unmet: 0, met: 1, unknown: 2 } as const
