export { accruedInterest, type BalanceChange, loanYearOf } from './domain/accrued-interest.ts'
export { type InterestSubsidy, interestByYear, interestSubsidy, type SubsidyYear } from './domain/interest-subsidy.ts'
export { lineOn, lprBasis, type Rate, yearlyBasisPoints } from './domain/lpr.ts'
export {
  type Instalment,
  type Loan,
  type RepaymentMethod,
  repaymentMethods,
  repaymentTable,
} from './domain/repayment.ts'
export { assertSharesSum, basisPointsOf, type RiskShare, riskParties } from './domain/risk-shares.ts'
export { eligibilityShape } from './eligibility-shape.ts'
export { financeProductKind } from './kind.ts'
export { rulesSchema } from './rules-schema.ts'
export { type FinanceProductDetails, financeProductDetails } from './schemas.ts'
