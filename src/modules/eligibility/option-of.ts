import { shareOf } from '../../rules/index.ts'
import {
  type FinanceProductDetails,
  interestByYear,
  interestSubsidy,
  type Loan,
  repaymentTable,
  yearlyBasisPoints,
} from '../financing/index.ts'
import type { Option, Slot } from './domain/plan/option.ts'

export type Terms = { id: string; details: FinanceProductDetails; priceFen: number; day: string }

const slotOfKind: Record<string, Slot> = {
  ...{
    credit_loan: 'debt',
    ip_pledge_loan: 'debt',
    guaranteed_loan: 'debt',
    loan_plus_equity: 'debt',
    leasing: 'debt',
  },
  ...{ grant_to_equity: 'equity', equity_fund: 'equity', innovation_voucher: 'voucher' },
  ...{ interest_subsidy: 'interest_subsidy', subsidy: 'grant' },
}

/**
 * A product as the solver sees it for a project, or nothing when it cannot help: insurance, a loan without a rate, a least
 * amount above what it may finance. A voucher or subsidy pays its `support`; an older one without it, its `subsidy` share.
 */
export function optionOf(terms: Terms): Option | undefined {
  const { id, details, priceFen } = terms
  const { productKind: kind, stacking = {} } = details
  const slot = slotOfKind[kind]
  if (slot === undefined) return undefined
  const { group, excludesKinds = [], publicMoneyMaxBasisPoints: share } = stacking
  const publicMaxFen = share === undefined ? undefined : shareOf(priceFen, share)
  const shared = { id, kind, group, excludesKinds, publicMaxFen }
  if (slot === 'interest_subsidy') return interestOption(shared, details)
  if (slot === 'voucher' || slot === 'grant') return supportOption({ ...shared, slot }, terms)
  const range = rangeOf(details, priceFen)
  if (range === undefined) return undefined
  if (slot === 'equity') return { ...shared, ...range, slot }
  const loan = loanOf(terms)
  return (
    loan && {
      ...shared,
      ...range,
      slot,
      interestOf: memoised((fen) => interestByYear(repaymentTable({ ...loan, principalFen: fen }))),
    }
  )
}

/** The loan that a product makes of an amount: its longest term, equal parts of the principal unless it says otherwise. */
export function loanOf({ details, day }: Pick<Terms, 'details' | 'day'>): Omit<Loan, 'principalFen'> | undefined {
  const { rate, termMonthsMax, termMonthsMin, repaymentMethod: method = 'equal_principal' } = details
  if (rate === undefined) return undefined
  const months = termMonthsMax ?? termMonthsMin ?? 12
  return { months, method, yearlyBasisPoints: yearlyBasisPoints(rate, { day, termMonths: months }) }
}

type Shared = Pick<Option, 'id' | 'kind' | 'group' | 'excludesKinds' | 'publicMaxFen'>

function rangeOf(details: FinanceProductDetails, priceFen: number): { minFen: number; maxFen: number } | undefined {
  const { amountMinFen: minFen = 0, amountMaxFen = priceFen, quotaLeftFen = priceFen, maxShareBasisPoints } = details
  const share = maxShareBasisPoints === undefined ? priceFen : shareOf(priceFen, maxShareBasisPoints)
  const maxFen = Math.min(amountMaxFen, quotaLeftFen, share, priceFen)
  return maxFen > 0 && minFen <= maxFen ? { minFen, maxFen } : undefined
}

function supportOption(shared: Shared & { slot: Slot }, { details, priceFen }: Terms): Option | undefined {
  const support = supportOf(details)
  if (support === undefined || (support.aboveFen !== undefined && priceFen <= support.aboveFen)) return undefined
  const amount = support.fixedFen ?? shareOf(priceFen, support.basisPoints ?? 0)
  const caps = [support.capFen, details.amountMaxFen, details.quotaLeftFen, priceFen]
  const paid = Math.min(amount, ...caps.map((cap = Number.MAX_SAFE_INTEGER) => cap))
  if (paid <= 0) return undefined
  if (support.timing === 'upfront') return { ...shared, minFen: 0, maxFen: paid }
  return { ...shared, slot: 'reward', minFen: 0, maxFen: 0, rewardFen: paid }
}

function supportOf({ support, subsidy, productKind }: FinanceProductDetails): FinanceProductDetails['support'] {
  if (support || subsidy === undefined) return support
  const timing = productKind === 'innovation_voucher' ? 'upfront' : 'afterwards'
  return { basisPoints: Math.round(subsidy.percent * 100), capFen: subsidy.capFen, timing }
}

function interestOption(shared: Shared, { subsidy }: FinanceProductDetails): Option | undefined {
  if (subsidy === undefined) return undefined
  const terms = { basisPoints: Math.round(subsidy.percent * 100), capFen: subsidy.capFen, years: subsidy.years }
  const subsidyOf = (debt: Option, fen: number) =>
    interestSubsidy(debt.interestOf?.(fen) ?? [], terms).reduce((sum, { subsidyFen }) => sum + subsidyFen, 0)
  return { ...shared, slot: 'interest_subsidy', minFen: 0, maxFen: 0, subsidyOf }
}

/** The solver asks for few amounts, again and again. */
function memoised<T>(compute: (fen: number) => T): (fen: number) => T {
  const known = new Map<number, T>()
  return (fen) => {
    const value = known.get(fen) ?? compute(fen)
    known.set(fen, value)
    return value
  }
}
