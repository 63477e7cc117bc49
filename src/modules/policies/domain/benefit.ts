import { type Benefit, benefitAmount, type Facts, shareOf } from '../../../rules/index.ts'

/** Caps on the sums of a calendar year: of one organisation, and of all together. In fen. */
type Yearly = { yearlyCapFen?: number | undefined; yearlyBudgetFen?: number | undefined }
/** A share of what the claimant declares, a fixed amount, or decided case by case. */
export type AmountBenefit = { form: 'amount' } & Benefit & Yearly
/** A share of the interest of a loan (贴息), for each of its first years, with a cap of each. */
export type InterestBenefit = {
  form: 'loan_interest'
  basisPoints: number
  capFen?: number | undefined
  years?: number | undefined
} & Yearly
export type PolicyBenefit = AmountBenefit | InterestBenefit

/** One year of a loan, and the interest that it bore. */
export type LoanYear = { applicationId: string; year: number; interestFen: number }
export type Claimed = { facts: Facts; day: string; loanYear?: LoanYear | undefined }

/** What a claim comes to, in fen, rounded down; undefined while the base is unknown or it is decided case by case. */
export function claimAmount(benefit: PolicyBenefit, { facts, day, loanYear }: Claimed): number | undefined {
  if (benefit.form === 'amount') return benefitAmount(benefit, facts, day)
  if (loanYear === undefined || loanYear.year > (benefit.years ?? loanYear.year)) return undefined
  const share = shareOf(loanYear.interestFen, benefit.basisPoints)
  return Math.min(share, benefit.capFen ?? share)
}

/** What may be claimed once. Two claims with the same period cannot both stand. */
export function periodOf(
  benefit: PolicyBenefit,
  { id, day, loanYear }: { id: string; day: string; loanYear?: Pick<LoanYear, 'applicationId' | 'year'> | undefined },
): string {
  if (loanYear !== undefined) return `${loanYear.applicationId}/${loanYear.year}`
  if (benefit.form === 'loan_interest' || benefit.limit === 'unlimited') return id
  return benefit.limit === 'once' ? 'once' : day.slice(0, 4)
}

/** The most that may be confirmed: what the claim comes to, or the cap where that is decided case by case. */
export function mostOf(benefit: PolicyBenefit, computedFen: number | undefined): number {
  return computedFen ?? benefit.capFen ?? Number.MAX_SAFE_INTEGER
}
