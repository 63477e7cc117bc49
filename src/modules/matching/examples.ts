const scored = {
  modelVersion: 'v1/t1-0123456789abcdef',
  score: 0.62,
  level: 3,
  parts: [
    {
      feature: 'content_characters',
      value: 0.34,
      weight: 0.57,
      contribution: 0.8,
      evidence: [{ kind: 'phrase' as const, term: '压铸', weight: 9.1 }],
    },
  ],
  gates: [],
  explanation: ['经纪人认可的概率约 62%，相关度为四级中的第 3 级。', '双方文本共同的关键词：压铸。'],
}

export const matchExample = {
  id: 'mat_01k9w3ynwzf5yr8t6x2m4q7c0e',
  demandId: 'dem_01k9w3ynwzf5yr8t6x2m4q7c0b',
  supplyId: 'sup_01k9w3ynwzf5yr8t6x2m4q7c0a',
  ...scored,
  state: 'proposed' as const,
  market: 'ningbo',
  demandOrgId: 'org_01k9w3ynwzf5yr8t6x2m4q7c0d',
  supplyOrgId: 'org_01k9w3ynwzf5yr8t6x2m4q7c0f',
  createdAt: '2026-11-20T02:00:01.000Z',
  updatedAt: '2026-11-20T02:00:01.000Z',
}

const teaser = { market: 'ningbo', region: '330206', fields: ['advanced-manufacturing'], trustCode: 'green' as const }

const supplyTeaserExample = {
  ...teaser,
  id: matchExample.supplyId,
  title: '混合动力双电机壳体高真空压铸技术',
  summary: '压铸模具与冷却流道一体化设计。',
  organisation: { id: matchExample.supplyOrgId, name: '示范大学', kind: 'university' as const },
}

export const matchDetailExample = {
  ...matchExample,
  parts: scored.parts.map((part) => ({
    ...part,
    evidence: part.evidence.map((piece) => ({
      ...piece,
      spans: {
        demand: [{ field: 'description', start: 11, end: 13 }],
        supply: [
          { field: 'title', start: 12, end: 14 },
          { field: 'summary', start: 0, end: 2 },
        ],
      },
    })),
  })),
  demand: {
    ...teaser,
    id: matchExample.demandId,
    title: '混合动力系统轻量化高气密壳体需求',
    summary: null,
    organisation: { id: matchExample.demandOrgId, name: '示范企业', kind: 'enterprise' as const },
  },
  supply: supplyTeaserExample,
}

export const previewExample = {
  body: { demand: { title: '双电机壳体压铸气孔问题', text: '壳体压铸件气孔率高，希望改进真空压铸工艺。' } },
  response: {
    data: [{ ...scored, demand: null, supply: supplyTeaserExample }],
    nearMisses: [],
  },
}
