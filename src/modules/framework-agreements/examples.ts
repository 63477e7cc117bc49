const at = '2026-03-02T01:00:00.000Z'
const id = (prefix: string) => `${prefix}_01k9w3ynwzf5yr8t6x2m4q7c1a`

/** Values that the document shows; a test checks that they satisfy their schemas. */
export const exampleProposal = {
  ...{ enterpriseId: id('org'), title: '共同成长计划', lineFen: 3_000_000_000, isRevolving: true },
  ...{ validFrom: '2026-03-01', validTo: '2029-02-28' },
  commitments: [
    { from: '2026-03-01', amountFen: 1_000_000_000 },
    { from: '2027-03-01', amountFen: 2_000_000_000, condition: '完成B轮融资' },
  ],
}
export const exampleAgreement = {
  ...{ id: id('fwa'), providerId: id('org'), ...exampleProposal, market: 'ganxian', state: 'in_force' as const },
  ...{ allowedActions: ['end' as const], drawnFen: 600_000_000, repaidFen: 200_000_000, balanceFen: 400_000_000 },
  ...{ openFen: 1_000_000_000, leftFen: 600_000_000, endReason: null, version: 4, createdAt: at, answeredAt: at },
}
