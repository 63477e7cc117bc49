import type { IndicatorFact } from '../types.ts'

type Written = Pick<IndicatorFact, 'name' | 'operator' | 'value' | 'valueMax' | 'unit'>

const SIGNS = { '>=': '≥', '<=': '≤', '>': '＞', '<': '＜', '=': '' } as const

/** As its owner would write it: 减重≥15%, 厚度 3–5 mm. */
export function indicatorText(indicator: Written): string {
  const hasSign = indicator.operator !== '=' && indicator.operator !== 'range'
  return `${indicator.name}${hasSign ? '' : ' '}${quantityText(indicator)}`
}

/** Operator, value and unit alone. */
export function quantityText({ operator, value, valueMax, unit = '' }: Omit<Written, 'name'>): string {
  const written = /^[A-Za-zμΩ]/.test(unit) ? ` ${unit}` : unit
  if (operator === 'range') return `${numeral(value)}–${numeral(valueMax ?? value)}${written}`
  return `${SIGNS[operator]}${numeral(value)}${written}`
}

/** Twelve digits hide what binary fractions do to 0.1 + 0.2. */
function numeral(value: number): string {
  return String(Number(value.toPrecision(12)))
}
