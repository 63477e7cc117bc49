/** Finance products of every kind a plan can use, all different, with rules of 4 to 20 conditions; the same on every run. */
export function syntheticProducts(count: number): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) => productOf(index))
}

const kinds = [
  ...(['credit_loan', 'ip_pledge_loan', 'guaranteed_loan', 'interest_subsidy', 'innovation_voucher'] as const),
  ...(['subsidy', 'grant_to_equity', 'equity_fund', 'credit_loan', 'leasing'] as const),
]
const wan = 1_000_000

function productOf(index: number): Record<string, unknown> {
  const kind = kinds[index % kinds.length] ?? 'credit_loan'
  const isLoan = kind.endsWith('loan') || kind === 'leasing'
  return {
    ...{ title: `示范产品${index}号`, productKind: kind, riskShares: null, amountMinFen: null, repaymentMethod: null },
    amountMaxFen: (50 + ((index * 37) % 400)) * wan,
    maxShareBasisPoints: 3_000 + ((index * 731) % 4_000),
    rate: isLoan ? { kind: 'lpr', basisPoints: (index * 13) % 250 } : null,
    termMonthsMax: 12 + (index % 4) * 12,
    ...(isLoan && { repaymentMethod: (['bullet', 'equal_principal', 'equal_instalment'] as const)[index % 3] }),
    ...(kind === 'interest_subsidy' && {
      subsidy: { percent: 20 + (index % 5) * 8, capFen: (10 + index) * wan, years: 1 + (index % 3) },
    }),
    ...(kind === 'innovation_voucher' && { support: { basisPoints: 500 + index * 3, timing: 'upfront' } }),
    ...(kind === 'subsidy' && {
      support: { basisPoints: 400 + index * 7, timing: index % 20 < 10 ? 'upfront' : 'afterwards' },
    }),
    stacking: { ...(index % 7 === 0 && { group: `组${index % 3}` }), publicMoneyMaxBasisPoints: 4_000 },
    eligibilityRules: rulesOf(index),
  }
}

function rulesOf(index: number): Record<string, unknown> {
  const revenue = { compare: 'revenueFen', is: '<=', to: (5_000 + (index % 40) * 500) * wan }
  const intensity = { compare: { ratio: ['rdSpendFen', 'revenueFen'] }, is: '>=', to: 0.02 + (index % 10) / 100 }
  const any = Array.from({ length: 1 + (index % 15) }, (_, part) => ({ compare: 'ipClassOne', is: '=', to: 2 + part }))
  return {
    rule: {
      all: [
        { compare: 'isListed', is: '=', to: false },
        revenue,
        intensity,
        { age: 'foundedOn', minYears: 1 },
        { any },
      ],
    },
  }
}
