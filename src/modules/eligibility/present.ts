import type { z } from 'zod'
import { daysBetween, explain, type Facts, nameOfMissing } from '../../rules/index.ts'
import { lineOn, lprBasis } from '../financing/index.ts'
import { decisive } from './domain/judge-product.ts'
import type { JudgedProduct } from './judge-products.ts'
import type { FinancingOptions } from './list-financing-options.ts'
import type { FinancingPlan, FinancingPlans } from './plan-financing.ts'
import type { Product } from './products-on-offer.ts'
import type {
  eligibilityCheckResponse,
  eligibleProductResponse,
  financingOptionsResponse,
  financingPlan,
  financingPlanResponse,
} from './schemas.ts'

export type Seen = { facts: Facts; today: string }

export function toEligibleProduct(
  { product, judged }: JudgedProduct,
  { facts, today }: Seen,
): z.input<typeof eligibleProductResponse> {
  const { answer, holdsUntil, missing, finding, notes } = judged
  const reasons = finding === undefined || answer === 'yes' ? [] : decisive(finding)
  return {
    product: toTeaser(product),
    ...{ answer, notes: [...notes], missing: missing.map(nameOfMissing) },
    reasons: reasons.flatMap((one) => explain(one, facts).map(({ text }) => text)),
    ...(holdsUntil !== undefined && { holdsUntil, daysToExpiry: daysBetween(today, holdsUntil) }),
  }
}

export function toEligibilityCheck(judged: JudgedProduct, seen: Seen): z.input<typeof eligibilityCheckResponse> {
  const { finding } = judged.judged
  return { ...toEligibleProduct(judged, seen), explanation: finding ? explain(finding, seen.facts) : [] }
}

export function toFinancingOptions(
  { priceFen, options }: FinancingOptions,
  seen: Seen,
): z.input<typeof financingOptionsResponse> {
  const data = options.map(({ option, ...judged }) => ({
    ...toEligibleProduct(judged, seen),
    ...(option && { role: option.slot }),
    ...(option && option.maxFen > 0 && { bringsFen: option.maxFen }),
    ...(option?.rewardFen !== undefined && { rewardFen: option.rewardFen }),
  }))
  return { priceFen: priceFen ?? null, data }
}

export function toFinancingPlans(plans: FinancingPlans, seen: Seen): z.input<typeof financingPlanResponse> {
  const { priceFen, considered, certain, possible } = plans
  return {
    ...{ priceFen, considered, plan: toPlan(certain, seen), possible: possible ? toPlan(possible, seen) : null },
    lpr: toLpr(seen.today),
  }
}

function toLpr(day: string) {
  const { from, oneYear, fiveYears } = lineOn(day)
  return { publishedOn: from, oneYearBasisPoints: oneYear, fiveYearsBasisPoints: fiveYears, basis: { ...lprBasis } }
}

function toPlan({ plan, parts, repayment }: FinancingPlan, seen: Seen): z.input<typeof financingPlan> {
  const { cashNowFen, debtFen, equityFen, interestFen, subsidyFen, rewardFen, ownMoneyFen } = plan
  return {
    ...{ cashNowFen, debtFen, equityFen, interestFen, subsidyFen, rewardFen, ownMoneyFen },
    parts: parts.map(({ option, amountFen, judged }) => ({
      ...{ role: option.slot, amountFen },
      ...toEligibleProduct(judged, seen),
    })),
    repayment: [...repayment],
  }
}

function toTeaser({ id, title, provider, market, details }: Product) {
  const { productKind, amountMaxFen } = details
  return { id, title, provider, market, productKind, ...(amountMaxFen !== undefined && { amountMaxFen }) }
}
