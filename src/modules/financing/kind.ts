import { z } from 'zod'
import type { ListingKindDefinition } from '../listings/index.ts'
import { assertSharesSum, basisPointsOf } from './domain/risk-shares.ts'
import { eligibilityShape } from './eligibility-shape.ts'
import { type FinanceProductDetails, financeProductShape } from './schemas.ts'

const termsOfKinds = [
  ['conversionTrigger', 'grant_to_equity'],
  ['warrantBasisPoints', 'loan_plus_equity'],
  ['premiumBasisPoints', 'insurance'],
  ['depositBasisPoints', 'leasing'],
] as const

/** Whole basis points: 3.65 is, 3.655 is not; the tolerance is far below a basis point and above a double's error. */
const isHundredth = (percent: number) => Math.abs(percent * 100 - Math.round(percent * 100)) < 1e-6
const read = (details: Record<string, unknown>) => details as FinanceProductDetails

/** Loans, pledges, guarantees, subsidies, funds and insurance for technology (科技金融产品). */
export const financeProductKind: ListingKindDefinition = {
  kind: 'finance_product',
  path: 'finance-products',
  name: 'FinanceProduct',
  pluralName: 'FinanceProducts',
  label: 'finance product',
  owners: ['financial_institution', 'market_operator'],
  detailShape: financeProductShape,
  teaserDetails: [
    ...['productKind', 'amountMinFen', 'amountMaxFen', 'rate', 'termMonthsMin', 'termMonthsMax'],
    ...['guaranteeForms', 'approvalDays', 'subsidy', 'support', 'repaymentMethod', 'maxShareBasisPoints'],
  ],
  listedWith: {
    eligibility: z
      .object({ ...eligibilityShape, notes: z.array(z.string()) })
      .meta({ description: 'What its rules say of the organisation of `eligibleFor`; in lists that ask for it.' }),
  },
  checkRules(details, issue) {
    const { amountMinFen, amountMaxFen, termMonthsMin, termMonthsMax, riskShares = [] } = read(details)
    const { rate, instrument, productKind } = read(details)
    if (amountMinFen !== undefined && amountMaxFen !== undefined && amountMinFen > amountMaxFen) {
      issue('amountMaxFen', 'must not be below amountMinFen')
    }
    if (termMonthsMin !== undefined && termMonthsMax !== undefined && termMonthsMin > termMonthsMax) {
      issue('termMonthsMax', 'must not be below termMonthsMin')
    }
    for (const [index, share] of riskShares.entries()) {
      if (!isHundredth(share.percent)) issue(`riskShares/${index}/percent`, 'must have two decimals at most')
    }
    if (rate?.percent !== undefined && !isHundredth(rate.percent)) {
      issue('rate/percent', 'must have two decimals at most')
    }
    for (const [name, kind] of termsOfKinds) {
      if (instrument?.[name] !== undefined && productKind !== kind) issue(`instrument/${name}`, `only a ${kind} has it`)
    }
  },
  assertSound(details) {
    const { riskShares = [] } = read(details)
    if (riskShares.length > 0) assertSharesSum(riskShares.map((share) => ({ basisPoints: basisPointsOf(share) })))
  },
  facetsOf(details) {
    const { amountMinFen, amountMaxFen } = read(details)
    return { priceMinFen: amountMinFen, priceMaxFen: amountMaxFen }
  },
  trustFactsOf: () => ({ ipRights: [], ipBlockedModes: [], hasClaimsWithoutEvidence: false }),
  missingForPublication: (content) => (content.description === undefined ? ['description'] : []),
  example: {
    market: 'ganxian',
    title: '知识产权质押融资',
    summary: '以已授权专利权质押，单户最高 500 万元。',
    description: '面向科技型中小企业，以发明或实用新型专利权质押，政府风险池分担 40%，审批五个工作日。',
    fields: ['new-materials'],
    region: '360704',
    productKind: 'ip_pledge_loan',
    amountMaxFen: 500000000,
    rate: { kind: 'lpr', basisPoints: 60 },
    termMonthsMax: 36,
    guaranteeForms: ['ip_pledge'],
    approvalDays: 5,
    riskShares: [
      { party: 'bank', percent: 60 },
      { party: 'government', percent: 40 },
    ],
    repaymentMethod: 'equal_principal',
    maxShareBasisPoints: 7000,
    eligibilityRules: { rule: { qualification: ['technology_sme', 'high_tech_enterprise'] } },
  },
}
