import type { Db } from '../../db/client.ts'
import type { Facts } from '../../rules/index.ts'
import { type Instalment, repaymentTable } from '../financing/index.ts'
import type { Part, Plan } from './domain/plan/option.ts'
import { solvePlan } from './domain/plan/solve.ts'
import { type JudgedProduct, judgeProducts } from './judge-products.ts'
import { loanOf, optionOf } from './option-of.ts'
import type { SubjectFacts } from './subject-facts.ts'

export type PlannedPart = Part & { judged: JudgedProduct }
export type FinancingPlan = {
  plan: Plan
  parts: readonly PlannedPart[]
  /** Monthly, of the loan in the plan. */
  repayment: readonly Instalment[]
}

/** The best plan of products that are certain, and the better one that missing evidence could open. */
export type FinancingPlans = {
  priceFen: number
  certain: FinancingPlan
  possible: FinancingPlan | undefined
  considered: number
  facts: Facts
}

/** Composes loan, subsidy, voucher, equity and reward for a project of this price; see `solvePlan` for what is best. */
export async function planFinancing(db: Db, subject: SubjectFacts, priceFen: number): Promise<FinancingPlans> {
  const all = (await judgeProducts(db, subject)).filter(({ judged }) => judged.answer !== 'no')
  const certain = compose(
    all.filter(({ judged }) => judged.answer === 'yes'),
    { priceFen, day: subject.day },
  )
  const hoped = compose(all, { priceFen, day: subject.day })
  const isHelpful = hoped.plan.cashNowFen < certain.plan.cashNowFen || hoped.plan.ownMoneyFen < certain.plan.ownMoneyFen
  return { priceFen, certain, possible: isHelpful ? hoped : undefined, considered: all.length, facts: subject.facts }
}

function compose(products: readonly JudgedProduct[], project: { priceFen: number; day: string }): FinancingPlan {
  const byId = new Map<string, JudgedProduct>(products.map((one) => [one.product.id, one]))
  const options = products.flatMap(({ product }) => optionOf({ ...product, ...project }) ?? [])
  const plan = solvePlan(options, project.priceFen)
  const parts = plan.parts.flatMap((part) => {
    const judged = byId.get(part.option.id)
    return judged === undefined ? [] : [{ ...part, judged }]
  })
  return { plan, parts, repayment: repaymentOf(parts, project.day) }
}

function repaymentOf(parts: readonly PlannedPart[], day: string): Instalment[] {
  const debt = parts.find(({ option }) => option.slot === 'debt')
  const loan = debt && loanOf({ details: debt.judged.product.details, day })
  return debt && loan ? repaymentTable({ ...loan, principalFen: debt.amountFen }) : []
}
