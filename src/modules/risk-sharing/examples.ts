const at = '2026-03-02T01:00:00.000Z'
const id = (prefix: string) => `${prefix}_01k9w3ynwzf5yr8t6x2m4q7c1a`

/** Values that the document shows; a test checks that they satisfy their schemas. */
export const examplePoolBody = {
  ...{ kind: 'fund' as const, name: '科技型中小企业贷款风险补偿资金池' },
  shares: [
    { party: 'bank' as const, basisPoints: 3_000 },
    { party: 'government' as const, basisPoints: 5_000 },
    { party: 'guarantee' as const, basisPoints: 2_000 },
  ],
  ...{ capacityFen: 20_000_000_000, singleCapFen: 500_000_000, capBasisPoints: 500 },
}
export const examplePool = {
  ...{ id: id('rpl'), market: 'ganxian', state: 'open' as const, ...examplePoolBody, version: 7 },
  ...{ guaranteedFen: 900_000_000, outstandingFen: 650_000_000, cashFen: 1_000_000_000 },
  ...{ compensatedFen: 0, recoveredFen: 0, roomUnderCapFen: 45_000_000, hasStopped: false, createdAt: at },
}
export const exampleMember = { organisationId: id('org'), enrolledAt: at, leftAt: null }
export const exampleContribution = {
  party: 'government' as const,
  amountFen: 1_000_000_000,
  reference: '财政拨款 2026-01',
}
export const exampleRecovery = { applicationId: id('fap'), amountFen: 5_000_000 }
export const exampleJournal = {
  ...{ id: id('rpj'), kind: 'contribution' as const, applicationId: null, reference: '财政拨款 2026-01', at },
  entries: [
    { account: 'cash' as const, party: null, side: 'debit' as const, amountFen: 1_000_000_000 },
    {
      account: 'contributed' as const,
      party: 'government' as const,
      side: 'credit' as const,
      amountFen: 1_000_000_000,
    },
  ],
}
