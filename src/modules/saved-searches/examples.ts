const at = '2026-03-02T01:00:00.000Z'

/** Values that the document shows; a test checks that they satisfy their schemas. */
export const exampleSavedSearch = {
  id: 'svs_01jnbq2v3wfq8t6m4k9x5z7a1h',
  name: '压铸新成果',
  query: { q: '高真空 压铸', kind: ['supply' as const], field: 'advanced-manufacturing', trlMin: 6 },
  alerts: 'daily' as const,
  version: 1,
  createdAt: at,
  updatedAt: at,
}

export const exampleHit = {
  listingId: 'sup_01k9w3ynwzf5yr8t6x2m4q7c0a',
  kind: 'supply' as const,
  title: '混合动力双电机壳体高真空压铸技术',
  summary: '面向 DHT 双电机壳体的压铸模具与冷却流道一体化设计。',
  market: 'ningbo',
  publishedAt: at,
  foundAt: at,
}
