export const exampleDeed = {
  id: 'evt_01k9w3ynwzf5yr8t6x2m4q7c1h',
  kind: 'deal' as const,
  action: 'sign',
  market: 'ningbo',
  objectId: 'dea_01k9w3ynwzf5yr8t6x2m4q7c2a',
  shareBp: 6_000,
  at: '2026-03-02T01:00:00.000Z',
}

export const exampleTotals = {
  counts: [
    { kind: 'deal' as const, action: 'sign', count: 1 },
    { kind: 'decision' as const, action: 'approve', count: 41 },
    { kind: 'introduction' as const, action: 'accepted', count: 12 },
  ],
  attributed: {
    intent: { deals: 3, amountFen: 210_000_000 },
    closed: { deals: 1, contractAmountFen: 72_000_000, technologyAmountFen: 54_000_000, commissionFen: 1_620_000 },
  },
  asOf: '2026-03-02T02:00:00.000Z',
}
