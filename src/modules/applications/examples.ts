const at = '2026-03-02T01:00:00.000Z'
const sha256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

/** Values that the document shows; a test checks that they satisfy their schemas. */
export const exampleCreate = {
  ...{
    amountFen: 200_000_000,
    termMonths: 12,
    purpose: '支付稀土永磁电机技术许可费',
    shareFields: ['revenueFen' as const],
  },
  documents: [{ name: '2025年度审计报告.pdf', kind: '财务报表', sha256, sizeBytes: 482_133 }],
}

export const exampleApplication = {
  ...{ id: 'fap_01jnbq2v3wfq8t6m4k9x5z7a1h', productId: 'fin_01k9w3ynwzf5yr8t6x2m4q7c0a' },
  ...{ applicantId: 'org_01jnbq2v3wfq8t6m4k9x5z7a1h', providerId: 'org_01jnbq2v3wfq8t6m4k9x5z7a1j', market: 'ganxian' },
  ...{ agreementId: null, riskPoolId: null, rateBasisPoints: null },
  ...{ matchId: null, stage: 'submitted' as const, allowedActions: ['withdraw' as const] },
  ...{ amountFen: exampleCreate.amountFen, termMonths: 12, purpose: exampleCreate.purpose },
  ...{ lineFen: null, drawnFen: 0, repaidFen: 0, compensatedFen: 0, balanceFen: 0, declineReason: null },
  preCheck: { answer: 'yes' as const, missing: [], productVersion: 3 },
  shared: [{ field: 'revenueFen', label: '上年度营业收入', value: '3200 万元', isVerified: true }],
  documents: exampleCreate.documents,
  ...{ dueAt: '2026-03-05T01:00:00.000Z', isLate: false, version: 2, createdAt: at, submittedAt: at, decidedAt: null },
}

export const exampleBatch = { applicationIds: [exampleApplication.id] }
export const exampleGuaranteed = {
  ...{
    batchId: 'rpb_01jnbq2v3wfq8t6m4k9x5z7a1h',
    poolId: 'rpl_01jnbq2v3wfq8t6m4k9x5z7a1h',
    guaranteedFen: 200_000_000,
  },
  applications: [{ ...exampleApplication, stage: 'guaranteed' as const, lineFen: 200_000_000, allowedActions: [] }],
}
