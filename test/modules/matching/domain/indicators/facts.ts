import type { IndicatorFact } from '../../../../../src/modules/matching/domain/types.ts'
import { measureOf } from '../../../../../src/text/indicators/measure.ts'
import { readIndicators } from '../../../../../src/text/indicators/read-indicators.ts'

/** Facts of "泄漏量≤5 mL/min，壁厚 3 mm" as if their owner had declared them, or, from `source: read`, had written so. */
export function factsIn(text: string, source: IndicatorFact['source'] = 'declared'): IndicatorFact[] {
  return readIndicators(text).map(({ name, operator, value, valueMax, unit, isBound }) => {
    const indicator = { name, operator, value, valueMax, unit }
    const { quantity, min, max } = measureOf(indicator) ?? { quantity: 'none' }
    return { ...indicator, quantity, min, max, source, isBound: source === 'declared' || isBound }
  })
}
