const ids = {
  organisation: 'org_01jnbq2v3wfq8t6m4k9x5z7a1c',
  user: 'usr_01jnbq2v3wfq8t6m4k9x5z7a1d',
  session: 'ses_01jnbq2v3wfq8t6m4k9x5z7a1e',
  apiKey: 'key_01jnbq2v3wfq8t6m4k9x5z7a1f',
  qualification: 'qua_01jnbq2v3wfq8t6m4k9x5z7a1g',
}
const at = '2026-03-02T01:00:00.000Z'
const sealedWord = (kind: string) => `ttm_${kind}_9Jz3mV0cXlYw5rT8bQ2nK7pD4sF6gH1aE0uI3oLxCvM`

/** Values that the document shows; a test checks that they satisfy their schemas. */
export const exampleUser = {
  id: ids.user,
  organisationId: ids.organisation,
  email: 'li@example.com',
  displayName: '李工',
  role: 'owner',
  isDisabled: false,
  createdAt: at,
} as const

export const exampleNewUser = { email: 'li@example.com', displayName: '李工', password: 'correct horse battery' }

export const exampleRegistration = {
  kind: 'enterprise',
  name: '宁波示例传动科技有限公司',
  shortName: '示例传动',
  uscc: '913302060000000860',
  market: 'ningbo-beilun',
  region: '330206',
  introduction: '混合动力变速器壳体的压铸与加工。',
  user: exampleNewUser,
} as const

export const exampleOrganisation = {
  id: ids.organisation,
  kind: 'enterprise',
  name: exampleRegistration.name,
  shortName: exampleRegistration.shortName,
  market: exampleRegistration.market,
  region: exampleRegistration.region,
  introduction: exampleRegistration.introduction,
  verification: 'pending',
  view: 'full',
  uscc: exampleRegistration.uscc,
  verificationNote: null,
  verifiedAt: null,
  version: 1,
  createdAt: at,
  updatedAt: at,
} as const

export const exampleTokens = {
  accessToken: sealedWord('access'),
  tokenType: 'Bearer',
  expiresIn: 900,
  refreshToken: sealedWord('refresh'),
  refreshExpiresIn: 43_200,
} as const

export const exampleSession = {
  id: ids.session,
  isCurrent: true,
  createdAt: at,
  lastUsedAt: at,
  expiresAt: '2026-03-02T13:00:00.000Z',
}

export const exampleApiKey = {
  id: ids.apiKey,
  name: '数据同步',
  scopes: ['listing.read' as const, 'listing.create' as const],
  createdBy: ids.user,
  createdAt: at,
  expiresAt: null,
  lastUsedAt: null,
}
export const exampleApiKeyText = `ttm_live_${ids.apiKey.slice(4)}_9Jz3mV0cXlYw5rT8bQ2nK7pD4sF6gH1aE0uI3oLxCvM`

export const exampleDeclaration = {
  type: 'high_tech_enterprise',
  issuer: '宁波市科学技术局',
  region: '330200',
  certificateNo: 'GR202633100001',
  validFrom: '2026-01-01',
  validTo: '2028-12-31',
}

export const exampleQualification = {
  id: ids.qualification,
  ...exampleDeclaration,
  level: null,
  state: 'declared',
  createdAt: at,
} as const

export const lastPage = { nextCursor: null, hasMore: false }
