import type { IndicatorFact } from '../types.ts'
import type { Better, IndicatorName } from './names.ts'

export type Outcome = { verdict: 'met' | 'unmet' | 'unknown'; margin?: number | undefined }

/** Two figures that differ by less are the same one, rounded. */
const EQUAL_WITHIN = 0.05
/** Arithmetic noise of unit conversion is some 1e-15. */
const NOISE = 1e-9

/**
 * One offered indicator against one demanded. A claim "≥ 280" is taken at the end it vouches for: against a demand
 * of 300 it is unmet, although a sample may reach more. A bare figure in a demand may merely describe, so it can be met
 * but not missed.
 */
export function judge(demanded: IndicatorFact, offered: IndicatorFact, { better, isCapability }: Aim): Outcome {
  const wanted = wantedEnds(demanded, better)
  const masters = isCapability && offered.operator === 'range'
  const outcome =
    wanted === undefined ? nearness(demanded, offered) : masters ? covers(wanted, offered) : endsMet(wanted, offered)
  return outcome.verdict === 'unmet' && !demanded.isBound ? { verdict: 'unknown' } : outcome
}

type Aim = Pick<IndicatorName, 'better' | 'isCapability'>
type Ends = { min?: number | undefined; max?: number | undefined }

/** A single demanded figure is a floor or a ceiling where the name tells which side is the better one. */
function wantedEnds({ operator, min, max }: IndicatorFact, better: Better | undefined): Ends | undefined {
  if (operator !== '=') return { min, max }
  if (better === undefined) return undefined
  return better === 'high' ? { min } : { max }
}

/** Both ends that are wanted, each against the end that the offer vouches for. */
function endsMet(wanted: Ends, offered: IndicatorFact): Outcome {
  const floor = wanted.min === undefined ? undefined : endMet(offered.min, wanted.min, 1)
  const ceiling = wanted.max === undefined ? undefined : endMet(offered.max, wanted.max, -1)
  return worst([floor, ceiling])
}

/** Missed before unknown before met, and the smaller margin. */
function worst(all: readonly (Outcome | undefined)[]): Outcome {
  const ends = all.filter((end) => end !== undefined)
  const missed = ends.filter(({ verdict }) => verdict !== 'met')
  if (missed.length > 0) return missed.find(({ verdict }) => verdict === 'unmet') ?? { verdict: 'unknown' }
  if (ends.length === 0) return { verdict: 'unknown' }
  return { verdict: 'met', margin: Math.min(...ends.map(({ margin }) => margin ?? 0)) }
}

/** A mastered range reaches beyond what is wanted: −40–85 ℃ covers −30–75 ℃, and "≥ 60 ℃" by its upper end. */
function covers({ min, max }: Ends, offered: IndicatorFact): Outcome {
  const isRange = min !== undefined && max !== undefined
  const upper = isRange ? max : min
  const lower = isRange ? min : max
  return worst([
    upper === undefined ? undefined : endMet(offered.max, upper, 1),
    lower === undefined ? undefined : endMet(offered.min, lower, -1),
  ])
}

/** The offer may be silent about this end: "≤ 5" says nothing of a floor. */
function endMet(offered: number | undefined, wanted: number, sign: 1 | -1): Outcome {
  if (offered === undefined) return { verdict: 'unknown' }
  const margin = marginOf(sign * (offered - wanted), wanted)
  return { verdict: margin >= -NOISE ? 'met' : 'unmet', margin }
}

function nearness(demanded: IndicatorFact, { min, max }: IndicatorFact): Outcome {
  const wanted = demanded.min ?? demanded.max ?? 0
  const [low, high] = [min ?? -Infinity, max ?? Infinity]
  const distance = Math.max(low - wanted, wanted - high, 0)
  if (distance > Math.abs(wanted) * EQUAL_WITHIN) return { verdict: 'unmet', margin: marginOf(-distance, wanted) }
  return min === undefined || max === undefined ? { verdict: 'unknown' } : { verdict: 'met', margin: 0 }
}

/** Relative to the bound; against a bound of 0 any difference is a whole one. Never beyond ±10, so that sums stay sane. */
function marginOf(difference: number, wanted: number): number {
  const share = wanted === 0 ? Math.sign(difference) : difference / Math.abs(wanted)
  return Math.max(-10, Math.min(10, share))
}
