const at = '2026-11-20T02:00:00.000Z'

/** Values that the document shows; a test checks that they satisfy their schemas. */
export const exampleQuote = {
  id: 'quo_01k9w3ynwzf5yr8t6x2m4q7c4b',
  side: 'seller' as const,
  priceMinFen: 80_000_000,
  priceMaxFen: 120_000_000,
  validUntil: '2026-12-31',
  terms: '含一年技术服务，不含模具。',
  createdAt: at,
}

export const exampleEnquiry = {
  id: 'enq_01k9w3ynwzf5yr8t6x2m4q7c4a',
  supply: { id: 'sup_01k9w3ynwzf5yr8t6x2m4q7c0a', title: '混合动力双电机壳体高真空压铸技术' },
  seller: { id: 'org_01k9w3ynwzf5yr8t6x2m4q7c0d', name: '示范大学', kind: 'university' as const },
  buyer: { id: 'org_01k9w3ynwzf5yr8t6x2m4q7c0e', name: '示范企业', kind: 'enterprise' as const },
  market: 'ningbo',
  state: 'quoted' as const,
  you: 'buyer' as const,
  message: '年产 20 万件壳体，请报普通许可价格。',
  quotes: [exampleQuote],
  allowedActions: ['quote' as const, 'accept' as const, 'decline' as const, 'withdraw' as const],
  expiresOn: '2026-12-31',
  version: 2,
  createdAt: at,
  updatedAt: at,
}

export const exampleAcceptedEnquiry = {
  ...exampleEnquiry,
  state: 'accepted' as const,
  acceptedQuoteId: exampleQuote.id,
  allowedActions: [],
  endedBy: 'buyer' as const,
  endedAt: at,
  version: 3,
}
