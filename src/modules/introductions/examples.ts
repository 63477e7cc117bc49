const at = '2026-11-20T02:00:00.000Z'
const enterprise = { id: 'org_01k9w3ynwzf5yr8t6x2m4q7c0e', name: '示范企业', kind: 'enterprise' as const }
const university = { id: 'org_01k9w3ynwzf5yr8t6x2m4q7c0d', name: '示范大学', kind: 'university' as const }
const firm = { id: 'org_01k9w3ynwzf5yr8t6x2m4q7c0h', name: '示范技术经纪公司', kind: 'broker_firm' as const }

/** Values that the document shows; a test checks that they satisfy their schemas. */
export const exampleIntroduction = {
  id: 'int_01k9w3ynwzf5yr8t6x2m4q7c2a',
  matchId: 'mat_01k9w3ynwzf5yr8t6x2m4q7c0e',
  market: 'ningbo',
  state: 'asked' as const,
  you: 'demand' as const,
  demand: {
    id: 'dem_01k9w3ynwzf5yr8t6x2m4q7c0b',
    title: '混合动力系统轻量化高气密壳体需求',
    organisation: enterprise,
  },
  supply: {
    id: 'sup_01k9w3ynwzf5yr8t6x2m4q7c0a',
    title: '混合动力双电机壳体高真空压铸技术',
    organisation: university,
    answer: 'accept' as const,
    answeredAt: at,
  },
  broker: { id: 'usr_01k9w3ynwzf5yr8t6x2m4q7c0f', displayName: '示范经纪人', organisation: firm },
  allowedActions: ['accept' as const, 'decline' as const],
  answerBy: '2026-12-04T02:00:00.000Z',
  chases: 0,
  version: 2,
  createdAt: at,
  updatedAt: at,
}

export const exampleAccepted = {
  ...exampleIntroduction,
  state: 'accepted' as const,
  demand: { ...exampleIntroduction.demand, answer: 'accept' as const, answeredAt: at },
  contacts: {
    demand: { name: '示范联系人', email: 'contact@example.com' },
    supply: { name: '示范教授', phone: '0574-0000000' },
  },
  allowedActions: ['sign_nda' as const, 'end' as const],
  acceptedAt: at,
  version: 3,
}

export const exampleEnded = {
  ...exampleAccepted,
  state: 'closed' as const,
  contacts: undefined,
  allowedActions: [],
  endedBy: 'demand' as const,
  endedAt: at,
  reasonCode: 'terms_not_agreed',
  version: 4,
}

export const exampleSigned = {
  ...exampleAccepted,
  state: 'in_contact' as const,
  nda: {
    demand: {
      textVersion: '2026-01',
      textSha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      userId: 'usr_01k9w3ynwzf5yr8t6x2m4q7c0f',
      signedAt: at,
    },
  },
  allowedActions: ['end' as const],
  version: 4,
}
