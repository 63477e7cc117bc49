export const modelExample = {
  version: 'refit-20261120-0a1b2c3d',
  kind: 'refit' as const,
  state: 'active' as const,
  isPinned: false,
  trainingSize: 412,
  metrics: {
    heldOutSize: 103,
    candidate: { logLoss: 0.521, auc: 0.812 },
    active: { logLoss: 0.574, auc: 0.779 },
  },
  createdBy: null,
  createdAt: '2026-11-20T19:00:04.000Z',
  activatedAt: '2026-11-20T19:00:04.000Z',
}

export const modelDetailExample = {
  ...modelExample,
  features: [{ feature: 'title_embedding', weight: 0.64, mean: 0.247, deviation: 0.203 }],
  oddsCuts: [-0.9, 1.9, 3.4],
  levelCuts: [-0.9, 2.6, 3.4],
  rescored: 1200,
  total: 1350,
}

export const refitExample = {
  outcome: 'refused' as const,
  reason: 'A refit needs 30 approvals and 30 rejections; there are 2 and 1.',
  approved: 2,
  rejected: 1,
  version: null,
  createdAt: '2026-11-20T19:00:00.000Z',
}
