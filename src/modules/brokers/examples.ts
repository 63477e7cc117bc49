export const exampleBroker = {
  id: 'usr_01k9w3ynwzf5yr8t6x2m4q7c0f',
  displayName: '陈经理',
  organisation: { id: 'org_01k9w3ynwzf5yr8t6x2m4q7c0d', name: '示范技术转移有限公司' },
  market: 'ningbo',
  grade: 'technology_broker_senior',
  fields: ['advanced-manufacturing', 'new-materials'],
  regions: ['330200'],
  languages: ['zh', 'en'],
  isAvailable: true,
  certificates: [
    {
      type: 'technology_broker_senior',
      issuer: '浙江省人力资源和社会保障厅',
      certificateNo: 'ZJ-2026-00017',
      validFrom: '2026-03-01',
      isValid: true,
    },
  ],
  capacity: 20,
  version: 2,
}

export const exampleConflict = {
  organisationId: 'org_01k9w3ynwzf5yr8t6x2m4q7c0e',
  organisationName: '示范传动有限公司',
  reason: 'former_employer' as const,
  declaredAt: '2026-11-20T02:00:00.000Z',
}
