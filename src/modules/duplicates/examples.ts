const organisation = { id: 'org_01k9w3ynwzf5yr8t6x2m4q7c0d', name: '宁波大学', kind: 'university' as const }
const office = { id: 'org_01k9w3ynwzf5yr8t6x2m4q7c0e', name: '宁波大学技术转移中心', kind: 'university' as const }

/** A value that the document shows; a test checks that it satisfies its schema. */
export const exampleCandidate = {
  id: 'dup_01k9w3ynwzf5yr8t6x2m4q7c4b',
  kind: 'supply' as const,
  reasons: ['patent_number' as const, 'text' as const],
  similarity: 0.91,
  isMergeable: true,
  state: 'open' as const,
  listings: [
    {
      ...{ id: 'sup_01k9w3ynwzf5yr8t6x2m4q7c1a', market: 'ningbo', organisation, state: 'published' },
      title: '混合动力双电机壳体高真空压铸技术',
    },
    {
      ...{ id: 'sup_01k9w3ynwzf5yr8t6x2m4q7c1b', market: 'ningbo', organisation: office, state: 'published' },
      title: '混合动力双电机壳体的高真空压铸',
    },
  ],
  createdAt: '2026-11-27T02:00:00.000Z',
}
