import type { Facts } from '../types.ts'
import { clampDistance, type Gate } from './gate.ts'

type Range = { min: number; max: number }

/** The ranges of technology readiness levels meet. Distance 0 at a gap of one level, 1 at eight. */
export const maturityOutOfRange: Gate = (demand, supply) => {
  const wanted = rangeOf(demand)
  const offered = rangeOf(supply)
  if (!wanted || !offered) return undefined
  const gap = Math.max(wanted.min - offered.max, offered.min - wanted.max)
  if (gap <= 0) return undefined
  const detail = { wantedMin: wanted.min, wantedMax: wanted.max, offeredMin: offered.min, offeredMax: offered.max }
  return { code: 'maturity_out_of_range', distance: clampDistance((gap - 1) / 7), detail: { ...detail, gap } }
}

/** A side that names one end leaves the other open. */
function rangeOf({ trlMin, trlMax }: Facts): Range | undefined {
  return trlMin === undefined && trlMax === undefined ? undefined : { min: trlMin ?? 1, max: trlMax ?? 9 }
}
