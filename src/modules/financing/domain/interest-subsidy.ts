import { shareOf } from '../../../rules/index.ts'
import type { Instalment } from './repayment.ts'

/** Share of the interest, the cap of each year, and the years from the first drawing that it is paid for. */
export type InterestSubsidy = { basisPoints: number; capFen?: number | undefined; years?: number | undefined }
export type SubsidyYear = { year: number; interestFen: number; subsidyFen: number }

/**
 * What an interest subsidy (贴息) pays for a loan, year by year: the share of the interest of twelve months, rounded down to
 * the fen, at most the cap. Years without interest have no line.
 */
export function interestSubsidy(table: readonly Instalment[], subsidy: InterestSubsidy): SubsidyYear[] {
  const interest = new Map<number, number>()
  for (const { month, interestFen } of table) {
    const year = Math.ceil(month / 12)
    if (year <= (subsidy.years ?? year)) interest.set(year, (interest.get(year) ?? 0) + interestFen)
  }
  return [...interest].map(([year, interestFen]) => {
    const share = shareOf(interestFen, subsidy.basisPoints)
    return { year, interestFen, subsidyFen: Math.min(share, subsidy.capFen ?? share) }
  })
}
