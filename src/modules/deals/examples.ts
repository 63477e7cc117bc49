const at = '2026-03-02T01:00:00.000Z'
const sha256 = 'b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184'

/** Values that the document shows; a test checks that they satisfy their schemas. */
export const exampleIds = {
  deal: 'dea_01k9w3ynwzf5yr8t6x2m4q7c2a',
  introduction: 'int_01k9w3ynwzf5yr8t6x2m4q7c2b',
  provider: 'org_01k9w3ynwzf5yr8t6x2m4q7c0d',
  acquirer: 'org_01k9w3ynwzf5yr8t6x2m4q7c0e',
  broker: 'usr_01k9w3ynwzf5yr8t6x2m4q7c0f',
}

const evidence = [{ name: '合同扫描件.pdf', sha256 }]
const right = { type: 'invention', title: '一种双电机壳体及其压铸方法', number: '201710601862.3' }
const amounts = { contractAmountFen: 120_000_000, technologyAmountFen: 90_000_000, technologyIncomeFen: 85_000_000 }

export const exampleClassification = {
  ruleVersion: '2026',
  source: '工业和信息化部《技术合同认定登记管理办法》（2026-01-23 发布）及附件登记规则',
  authority: '工业和信息化主管部门',
  outcome: 'proposed' as const,
  type: 'patent_licence',
  alternatives: ['general_technology_service'],
  grounds: [{ trait: 'licenses_patent', zh: '许可实施专利', from: 'text' as const, words: ['专利实施许可'] }],
}

export const exampleChange = {
  subject: '双电机壳体压铸专利实施许可，含一年技术指导。',
  contractType: 'patent_licence',
  pricing: 'agreement' as const,
  publicity: { from: '2026-02-10', place: '示范大学官网与校园公告栏' },
  ip: [right],
  milestones: [{ title: '技术资料交付', dueOn: '2026-04-01' }],
  payments: [{ title: '首付款', amountFen: 40_000_000, dueOn: '2026-03-31' }],
  ...amounts,
}

export const exampleSummary = {
  id: exampleIds.deal,
  market: 'ningbo',
  source: { kind: 'introduction', introductionId: exampleIds.introduction },
  stage: 'signed' as const,
  value: { kind: 'closed' as const, contractAmountFen: amounts.contractAmountFen },
  title: '双电机壳体压铸专利实施许可',
  contractType: 'patent_licence',
  version: 6,
  createdAt: at,
  updatedAt: at,
  providerName: '示范大学',
  acquirerName: '示范传动有限公司',
}

const { providerName, acquirerName, ...identity } = exampleSummary

export const exampleDeal = {
  ...identity,
  fields: ['advanced-manufacturing'],
  provider: { id: exampleIds.provider, name: providerName, uscc: '12330200MB0000000X' },
  acquirer: { id: exampleIds.acquirer, name: acquirerName, uscc: '913302060000000860' },
  yourRelation: 'provider' as const,
  allowedActions: ['register' as const, 'refuse_registration' as const, 'drop' as const],
  subject: exampleChange.subject,
  traits: [],
  classification: exampleClassification,
  pricing: exampleChange.pricing,
  publicity: { ...exampleChange.publicity, signableFrom: '2026-02-25' },
  ...amounts,
  ip: [right],
  milestones: exampleChange.milestones,
  payments: [
    {
      ...exampleChange.payments[0],
      title: '首付款',
      amountFen: 40_000_000,
      dueOn: '2026-03-31',
      state: 'planned' as const,
    },
  ],
  paidFen: 0,
  brokers: [{ userId: exampleIds.broker, shareBp: 10_000 }],
  termsVersion: 3,
  confirmations: {
    provider: { userId: exampleIds.broker, at, termsVersion: 3 },
    acquirer: { userId: exampleIds.broker, at, termsVersion: 3 },
  },
  signing: { signedOn: '2026-03-02', contractNo: '2026-NB-0302', record: 'both_sides' as const, evidence },
  refusals: [],
}

export const exampleHistory = {
  version: 6,
  action: 'sign',
  fromStage: 'negotiating' as const,
  toStage: 'signed' as const,
  changes: { stage: { before: 'negotiating', after: 'signed' } },
  userId: exampleIds.broker,
  at,
}

export const examplePack = {
  dealId: exampleIds.deal,
  title: identity.title,
  contractNo: '2026-NB-0302',
  signedOn: '2026-03-02',
  subject: exampleChange.subject,
  parties: [
    { role: 'provider' as const, roleZh: '卖方（技术提供方）', ...exampleDeal.provider, kind: 'university' },
    { role: 'acquirer' as const, roleZh: '买方（技术受让方）', ...exampleDeal.acquirer, kind: 'enterprise' },
  ],
  contractType: { code: 'patent_licence', zh: '专利实施许可合同' },
  classification: exampleClassification,
  amounts: { ...amounts, goodsFen: 30_000_000 },
  pricing: exampleChange.pricing,
  publicity: exampleChange.publicity,
  ip: [{ ...right, typeZh: '发明专利' }],
  milestones: exampleChange.milestones,
  payments: exampleChange.payments,
  missing: [],
  generatedAt: at,
}
