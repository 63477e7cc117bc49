/** Values that the document shows; a test checks that they satisfy their schemas. */
export const exampleEligible = {
  product: {
    ...{ id: 'fin_01k9w3ynwzf5yr8t6x2m4q7c0a', title: '知识产权质押融资', provider: '赣县示范银行', market: 'ganxian' },
    ...{ productKind: 'ip_pledge_loan', amountMaxFen: 500_000_000 },
  },
  ...{ answer: 'unknown' as const, notes: [], missing: ['上年度营业收入'] },
  reasons: ['上年度营业收入不超过5 亿元：待证实'],
}

export const exampleCheck = {
  ...exampleEligible,
  explanation: [
    {
      ...{ pointer: '#/rule', depth: 0, answer: 'unknown' as const },
      ...{ text: '上年度营业收入不超过5 亿元：待证实', missing: ['上年度营业收入'] },
    },
  ],
}

export const examplePlans = {
  ...{ priceFen: 100_000_000, considered: 3 },
  plan: {
    ...{ cashNowFen: 30_000_000, debtFen: 70_000_000, equityFen: 0, interestFen: 455_000, subsidyFen: 0, rewardFen: 0 },
    ...{ ownMoneyFen: 100_455_000, repayment: [], parts: [] },
  },
  lpr: {
    ...{ publishedOn: '2025-05-20', oneYearBasisPoints: 300, fiveYearsBasisPoints: 350 },
    basis: { kind: 'memory', source: '贷款市场报价利率（LPR）', asOf: '2026-11-28', note: '未与公布值核对' },
  },
  possible: null,
}
