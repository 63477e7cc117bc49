import { shareOf } from '../../../rules/index.ts'
import type { Instalment } from './repayment.ts'

/** Share of the interest, the cap of each year, and the years from the first drawing that it is paid for. */
export type InterestSubsidy = { basisPoints: number; capFen?: number | undefined; years?: number | undefined }
export type SubsidyYear = { year: number; interestFen: number; subsidyFen: number }

/**
 * What an interest subsidy (贴息) pays for a loan, year by year: the share of the interest of twelve months, rounded down to
 * the fen, at most the cap, for so many years.
 */
export function interestSubsidy(yearlyInterest: readonly number[], subsidy: InterestSubsidy): SubsidyYear[] {
  return yearlyInterest.slice(0, subsidy.years).map((interestFen, index) => {
    const share = shareOf(interestFen, subsidy.basisPoints)
    return { year: index + 1, interestFen, subsidyFen: Math.min(share, subsidy.capFen ?? share) }
  })
}

/** Interest of each twelve months from the first drawing. */
export function interestByYear(table: readonly Instalment[]): number[] {
  const years: number[] = []
  for (const { month, interestFen } of table) {
    const index = Math.ceil(month / 12) - 1
    years[index] = (years[index] ?? 0) + interestFen
  }
  return years
}
