import type { Feature } from './feature.ts'

const WORTH = { green: 1, yellow: 0.5, red: 0 } as const

/** The weaker trust code of the two: a listing that nobody re-confirmed may be gone. Red ones do not get here. */
export const trust: Feature = {
  name: 'trust',
  measure: ({ facts: demand }, { facts: supply }) => Math.min(WORTH[demand.trustCode], WORTH[supply.trustCode]),
  evidence: () => [],
}
