const at = '2026-03-02T01:00:00.000Z'
const id = (prefix: string) => `${prefix}_01k9w3ynwzf5yr8t6x2m4q7c1a`

/** Values that the document shows; a test checks that they satisfy their schemas. */
export const examplePolicyBody = {
  ...{ title: '概念验证中心建设补助', issuer: '宁波市科学技术局', category: 'subsidy' as const },
  summary: '概念验证中心现金投入超过500万元的，按不超过现金投入的30%给予一次性补助，最高1000万元。',
  rules: { rule: { compare: 'pocCashInvestedFen', is: '>', to: 500_000_000 } },
  benefit: {
    ...{ form: 'amount' as const, base: 'pocCashInvestedFen', basisPoints: 3000, capFen: 1_000_000_000 },
    limit: 'once' as const,
  },
  basis: { kind: 'secondary' as const, source: '宁波市科学技术局公开解读', asOf: '2026-01-15' },
  effectiveFrom: '2026-01-01',
}

const published = { number: 1, effectiveFrom: '2026-01-01', effectiveTo: null, publishedAt: at }
export const examplePolicy = {
  ...{ id: id('pol'), market: 'ningbo', state: 'published' as const, version: 2, ...examplePolicyBody },
  ...{ documentNo: null, ...published },
}
export const exampleDraft = { ...examplePolicy, state: 'draft' as const, version: 1, publishedAt: null }
export const examplePolicyDetail = { ...examplePolicy, versions: [published] }

export const exampleEligibility = { answer: 'yes' as const, reasons: [], missing: [], benefitFen: 180_000_000 }
export const exampleCheck = { ...exampleEligibility, policyVersion: 1, explanation: [] }

export const exampleRedemption = {
  ...{ id: id('red'), policyId: id('pol'), policyVersion: 1, organisationId: id('org'), market: 'ningbo' },
  ...{ state: 'claimed' as const, allowedActions: ['confirm' as const, 'refuse' as const], applicationId: null },
  ...{ loanYear: null, answer: 'yes' as const, missing: [], claimedFen: 180_000_000, amountFen: null, documents: [] },
  ...{ note: null, refusalReason: null, paymentReference: null, version: 1, claimedOn: '2026-03-02', claimedAt: at },
  ...{ confirmedAt: null, endedAt: null },
}
export const exampleConfirmed = {
  ...{ ...exampleRedemption, state: 'confirmed' as const, amountFen: 180_000_000, confirmedAt: at, version: 2 },
  allowedActions: ['pay' as const, 'refuse' as const],
}
export const examplePaid = {
  ...{ ...exampleConfirmed, state: 'paid' as const, paymentReference: '财政支付 2026-0317', endedAt: at, version: 3 },
  allowedActions: [],
}
export const exampleRefused = {
  ...{ ...exampleRedemption, state: 'refused' as const, refusalReason: '现金投入凭证不全', endedAt: at, version: 2 },
  allowedActions: [],
}
