import { assertNever } from '../../../kernel/assert.ts'

export const repaymentMethods = ['equal_principal', 'equal_instalment', 'bullet'] as const
export type RepaymentMethod = (typeof repaymentMethods)[number]

export type Loan = { principalFen: number; yearlyBasisPoints: number; months: number; method: RepaymentMethod }
/** One month: what is paid, of which interest and principal, and what is still owed afterwards. All in fen. */
export type Instalment = {
  month: number
  principalFen: number
  interestFen: number
  paymentFen: number
  balanceFen: number
}

/**
 * The monthly repayment table, exact to the fen: the principals sum to the loan, and every payment is principal plus
 * interest. Interest of a month is the balance at a twelfth of the yearly rate, half a fen rounded up. Equal parts of the
 * principal (or equal instalments) are rounded to the fen; the last month takes what rounding left.
 */
export function repaymentTable(loan: Loan): Instalment[] {
  const table: Instalment[] = []
  const instalmentFen = loan.method === 'equal_instalment' ? equalInstalment(loan) : 0
  let balanceFen = loan.principalFen
  for (let month = 1; month <= loan.months; month += 1) {
    const interestFen = monthlyInterest(balanceFen, loan.yearlyBasisPoints)
    const wanted = month === loan.months ? balanceFen : principalOf(loan, { instalmentFen, interestFen })
    const principalFen = Math.min(Math.max(wanted, 0), balanceFen)
    balanceFen -= principalFen
    table.push({ month, principalFen, interestFen, paymentFen: principalFen + interestFen, balanceFen })
  }
  return table
}

function principalOf(
  loan: Loan,
  { instalmentFen, interestFen }: { instalmentFen: number; interestFen: number },
): number {
  switch (loan.method) {
    case 'bullet':
      return 0
    case 'equal_principal':
      return Math.round(loan.principalFen / loan.months)
    case 'equal_instalment':
      return instalmentFen - interestFen
    default:
      return assertNever(loan.method)
  }
}

/** Balance × rate ÷ 12, in whole numbers: a year's basis points over 120,000 parts of a month. */
export function monthlyInterest(balanceFen: number, yearlyBasisPoints: number): number {
  return Number((BigInt(balanceFen) * BigInt(yearlyBasisPoints) + 60_000n) / 120_000n)
}

/** The annuity, rounded to the fen: the powers need no exactness, the last month settles the difference. */
function equalInstalment({ principalFen, yearlyBasisPoints, months }: Loan): number {
  const monthly = yearlyBasisPoints / 120_000
  if (monthly === 0) return Math.round(principalFen / months)
  return Math.round((principalFen * monthly) / (1 - (1 + monthly) ** -months))
}
