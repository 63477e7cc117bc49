import { type InterestSummary, reaching } from './interest.ts'

/** A lot that has closed: what it was valued at and the highest bid, if there was one. */
export type Comparable = { valuationFen: number; highestFen: number | null }

export type Proposal = { valuationFen: number; reserveFen: number }

export type GuidanceWarning = { code: WarningCode; zh: string; en: string }
export type WarningCode =
  | 'few_comparables'
  | 'reserve_rarely_reached'
  | 'reserve_above_valuation'
  | 'interest_below_reserve'

export type ReserveGuidance = {
  /** How many of the comparables got a bid of the same share of their valuation. */
  reached: number
  /** What the middle half of comparables with bids went up to, carried over to this valuation; null for fewer than three. */
  usual: { lowFen: number; highFen: number } | null
  warnings: GuidanceWarning[]
}

const leastComparables = 3
/** Below this share of comparables a reserve is called unrealistic. */
const rare = 1 / 3
/** Bidders that it takes to raise a price. */
const leastBidders = 2

/**
 * How realistic a reserve is, measured by what comparable lots went up to, as a share of their valuation. Unrealistic reserves
 * are why real patent auctions sold nothing: the first in Shanghai left 7 of 8 lots, Ocean Tomo's 38 to 93 % (DOMAIN 3.9).
 */
export function guideReserve(
  proposal: Proposal,
  comparables: readonly Comparable[],
  interest: InterestSummary,
): ReserveGuidance {
  const wanted = proposal.reserveFen / proposal.valuationFen
  const shares = comparables
    .flatMap(({ highestFen, valuationFen }) => (highestFen === null ? [] : [highestFen / valuationFen]))
    .sort((a, b) => a - b)
  const reached = shares.filter((share) => share >= wanted).length
  const at = (part: number) => Math.round((shares[Math.floor(part * (shares.length - 1))] ?? 0) * proposal.valuationFen)
  return {
    reached,
    usual: shares.length < leastComparables ? null : { lowFen: at(0.25), highFen: at(0.75) },
    warnings: warningsOf(proposal, { reached, all: comparables.length, interest }),
  }
}

type Found = { reached: number; all: number; interest: InterestSummary }

function warningsOf({ reserveFen, valuationFen }: Proposal, { reached, all, interest }: Found): GuidanceWarning[] {
  const percent = Math.round((reserveFen / valuationFen) * 100)
  const interested = reaching(interest, reserveFen)
  const checks: [boolean, GuidanceWarning][] = [
    [
      all < leastComparables,
      {
        code: 'few_comparables',
        zh: `可比标的仅${all}件，结论仅供参考。`,
        en: `Only ${all} comparable lots: take this as a hint.`,
      },
    ],
    [
      all >= leastComparables && reached / all < rare,
      {
        code: 'reserve_rarely_reached',
        zh: `保留价为评估值的${percent}%，${all}件可比标的中仅${reached}件的最高报价达到该比例，流拍可能性大。`,
        en: `The reserve is ${percent} % of the valuation; only ${reached} of ${all} comparable lots were bid so far.`,
      },
    ],
    [
      reserveFen > valuationFen,
      {
        code: 'reserve_above_valuation',
        zh: '保留价高于评估值。',
        en: 'The reserve is above the valuation.',
      },
    ],
    [
      interested !== undefined && interested < leastBidders,
      {
        code: 'interest_below_reserve',
        zh: `${interest.organisations}家登记意向的单位中，仅${interested}家的价格区间达到保留价。`,
        en: `Of ${interest.organisations} interested organisations, the bands of ${interested} reach the reserve.`,
      },
    ],
  ]
  return checks.flatMap(([applies, warning]) => (applies ? [warning] : []))
}
