import type { ListingKindDefinition } from '../listings/index.ts'
import { type FinanceProductDetails, financeProductShape } from './schemas.ts'

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
    ...['guaranteeForms', 'approvalDays', 'subsidy'],
  ],
  checkRules(details, issue) {
    const { amountMinFen, amountMaxFen, termMonthsMin, termMonthsMax, riskShares = [] } = read(details)
    if (amountMinFen !== undefined && amountMaxFen !== undefined && amountMinFen > amountMaxFen) {
      issue('amountMaxFen', 'must not be below amountMinFen')
    }
    if (termMonthsMin !== undefined && termMonthsMax !== undefined && termMonthsMin > termMonthsMax) {
      issue('termMonthsMax', 'must not be below termMonthsMin')
    }
    const total = riskShares.reduce((sum, share) => sum + share.percent, 0)
    if (riskShares.length > 0 && Math.abs(total - 100) > 1e-9) issue('riskShares', `must sum to 100 %, not ${total} %`)
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
  },
}
