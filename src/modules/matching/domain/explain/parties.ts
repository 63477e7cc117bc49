import type { ScorePart } from '../score.ts'
import type { Facts } from '../types.ts'

/** What a broker should know of the parties: how near they are, and whose listing nobody has confirmed lately. */
export function explainParties(parts: readonly ScorePart[], demand: Facts, supply: Facts): string[] {
  const doubtful = [
    ...(demand.trustCode === 'yellow' ? ['需求'] : []),
    ...(supply.trustCode === 'yellow' ? ['供给'] : []),
  ]
  return [...nearness(parts), ...(doubtful.length > 0 ? [`${doubtful.join('与')}信息为黄码，联系前请先核实。`] : [])]
}

function nearness(parts: readonly ScorePart[]): string[] {
  const value = parts.find(({ feature }) => feature === 'region')?.value ?? 0
  if (value >= 1) return ['双方在同一城市。']
  return value >= 0.6 ? ['双方在同一省份。'] : []
}
