const at = '2026-11-20T02:00:00.000Z'
const ids = {
  item: 'rev_01k9w3ynwzf5yr8t6x2m4q7c1a',
  match: 'mat_01k9w3ynwzf5yr8t6x2m4q7c1b',
  demand: 'dem_01k9w3ynwzf5yr8t6x2m4q7c0b',
  supply: 'sup_01k9w3ynwzf5yr8t6x2m4q7c0a',
  enterprise: 'org_01k9w3ynwzf5yr8t6x2m4q7c0e',
  university: 'org_01k9w3ynwzf5yr8t6x2m4q7c0d',
  broker: 'usr_01k9w3ynwzf5yr8t6x2m4q7c0f',
}

/** Values that the document shows; a test checks that they satisfy their schemas. */
export const exampleLeaseToken = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff'
export const exampleLeaseUntil = '2026-11-20T02:15:00.000Z'

const place = { market: 'ningbo', fields: ['advanced-manufacturing'], region: '330206' }
const listing = {
  ...place,
  industries: ['C36'],
  keywords: ['压铸', '电机壳体'],
  cooperationModes: ['joint_development'],
  trustCode: 'green',
  trustReasons: [],
  state: 'published',
}

export const exampleItem = {
  id: ids.item,
  ...place,
  score: 0.82,
  priority: 4,
  stage: 'first' as const,
  turn: {
    at: '2026-11-18T05:31:12.000Z',
    version: 'turn-1',
    score: 0.82,
    value: 0.675,
    rarity: 1,
    worth: 0.687,
    headStartHours: 49.45,
    valueFen: 500_000_000,
  },
  routing: { openToAllAt: '2026-11-21T02:00:00.000Z', minStep: 0 },
  dueAt: '2026-11-22T02:00:00.000Z',
  isOverdue: false,
  state: 'open' as const,
  conflictOfInterest: false,
  match: {
    id: ids.match,
    demandId: ids.demand,
    supplyId: ids.supply,
    modelVersion: 'v1',
    score: 0.82,
    level: 4,
    parts: [{ feature: 'title-characters', value: 0.61, weight: 1.4, contribution: 0.85, evidence: [] }],
    gates: [],
    explanation: ['两边都提到“双电机壳体”“压铸”。'],
    state: 'proposed' as const,
    market: 'ningbo',
    demandOrgId: ids.enterprise,
    supplyOrgId: ids.university,
    createdAt: at,
    updatedAt: at,
  },
  demand: {
    id: ids.demand,
    ...listing,
    title: '双电机壳体压铸气密性提升',
    organisation: { id: ids.enterprise, name: '示范传动有限公司', kind: 'enterprise' as const },
  },
  supply: {
    id: ids.supply,
    ...listing,
    title: '混合动力双电机壳体高真空压铸技术',
    organisation: { id: ids.university, name: '示范大学', kind: 'university' as const },
    trlMin: 7,
    trlMax: 7,
  },
  version: 1,
  createdAt: at,
}

export const exampleLeasedItem = {
  ...exampleItem,
  leasedBy: ids.broker,
  leaseUntil: exampleLeaseUntil,
  leaseToken: exampleLeaseToken,
  version: 2,
}

export const exampleDecidedItem = {
  ...exampleItem,
  state: 'decided' as const,
  decision: 'reject' as const,
  reasonCode: 'indicator_unmet',
  note: '气密性指标差一个数量级。',
  decidedBy: ids.broker,
  decidedAt: at,
  version: 3,
}

const counts = { open: 12, leased: 3, snoozed: 1, overdue: 2, oldestAgeSeconds: 5400 }

export const exampleQueue = {
  ...counts,
  secondReading: { read: 40, agreed: 36 },
  byMarket: [{ market: 'ningbo', ...counts }],
  byField: [{ field: 'advanced-manufacturing', ...counts }],
}
