const at = '2026-11-20T02:00:00.000Z'
const later = '2026-11-28T02:00:00.000Z'
const end = '2026-11-30T02:00:00.000Z'
const hash = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
const id = (prefix: string) => `${prefix}_01k9w3ynwzf5yr8t6x2m4q7c1a`
const ids = { season: id('aus'), session: id('ase'), lot: id('auc'), registration: id('aur') }

/** Values that the document shows; a test checks that they satisfy their schemas. */
export const exampleSeasonBody = {
  market: 'jiangsu',
  name: '2024 江苏省成果（专利）拍卖季',
  theme: '智能制造',
  startsOn: '2024-09-01',
  endsOn: '2024-12-31',
}
export const exampleSeason = { id: ids.season, ...exampleSeasonBody, version: 1, createdAt: at }

export const exampleSessionBody = {
  seasonId: ids.season,
  title: '智能制造专场',
  fields: ['advanced-manufacturing'],
  heldOn: '2024-11-11',
  place: '南京',
}
export const exampleSession = { id: ids.session, ...exampleSessionBody, market: 'jiangsu', version: 1, createdAt: at }

const terms = {
  saleMode: 'assignment' as const,
  startFen: 30_000_000,
  ladder: [
    { fromFen: 0, stepFen: 500_000 },
    { fromFen: 50_000_000, stepFen: 1_000_000 },
  ],
  depositFen: 3_000_000,
  valuationFen: 42_000_000,
  valuedOn: '2026-09-30',
  valuedBy: '示范资产评估有限公司',
}

export const exampleLotBody = {
  sessionId: ids.session,
  supplyId: id('sup'),
  ...terms,
  reserveFen: 36_000_000,
  opensAt: later,
  endsAt: end,
}

export const exampleLot = {
  id: ids.lot,
  sessionId: ids.session,
  market: 'jiangsu',
  supplyId: id('sup'),
  seller: { id: id('org'), name: '示范大学' },
  title: '车联网轻量级身份认证方法',
  fields: ['electronic-information'],
  ...terms,
  state: 'open' as const,
  requiredQualifications: [],
  hasPriorityBuyers: false,
  reserveCommitment: hash,
  rulesVersion: 'jiangsu-2024',
  rules: { softCloseMinutes: 5, extensionCapHours: 24 },
  termsHash: hash,
  announcedAt: at,
  opensAt: later,
  plannedEndsAt: end,
  endsAt: end,
  hardEndsAt: '2026-12-01T02:00:00.000Z',
  bidCount: 2,
  priceFen: 30_500_000,
  leastFen: 31_000_000,
  leaderNumber: 417,
  round: 1,
  version: 2,
  createdAt: at,
  updatedAt: at,
}

export const exampleReauctionBody = {
  startFen: 24_000_000,
  reserveFen: 26_000_000,
  depositFen: 2_400_000,
  opensAt: later,
  endsAt: end,
}

export const examplePlacedBid = {
  outcome: 'leading' as const,
  bidderNumber: 417,
  seq: 2,
  amountFen: 30_500_000,
  priceFen: 30_500_000,
  leastFen: 31_000_000,
  endsAt: end,
  at: '2026-11-28T03:00:00.000Z',
}

export const exampleBid = {
  seq: 1,
  bidderNumber: 417,
  amountFen: 30_000_000,
  kind: 'manual' as const,
  coveredNumber: null,
  at: '2026-11-28T03:00:00.000Z',
  endsAt: end,
  previousHash: hash,
  hash,
}

export const exampleAudit = {
  format: 'queqiao-auction-audit/1' as const,
  terms: {
    lotId: ids.lot,
    sessionId: ids.session,
    supplyId: id('sup'),
    saleMode: 'assignment' as const,
    rulesVersion: 'jiangsu-2024',
    startFen: 30_000_000,
    depositFen: 3_000_000,
    ladder: terms.ladder,
    reserveCommitment: hash,
    opensAt: later,
    endsAt: end,
    hardEndsAt: '2026-12-01T02:00:00.000Z',
    softCloseMs: 300_000,
  },
  termsHash: hash,
  outcome: 'unsold' as const,
  unsoldReason: 'reserve_not_met' as const,
  closedAt: end,
  finalEndsAt: end,
  reserve: { reserveFen: 36_000_000, salt: '00112233445566778899aabbccddeeff' },
  bids: [exampleBid],
  awards: [],
}

export const exampleRegistrationBody = { acceptsTerms: true, relatedOrganisationIds: [] }
export const exampleRegistration = {
  id: ids.registration,
  auctionId: ids.lot,
  organisationId: id('org'),
  bidderNumber: 417,
  state: 'admitted' as const,
  depositFen: 3_000_000,
  depositState: 'frozen' as const,
  claimsPriority: false,
  decidedAt: at,
  createdAt: at,
}

export const exampleDeposit = {
  data: [
    { account: 'bidder' as const, amountFen: -3_000_000 },
    { account: 'held' as const, amountFen: 3_000_000 },
  ].map((entry) => ({ moveId: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', move: 'freeze' as const, ...entry, at })),
}

const exampleFigures = {
  ...{ lots: 24, upcoming: 2, running: 1, sold: 9, unsold: 10, withdrawn: 1, defaulted: 1, soldPercent: 45 },
  ...{ intentFen: 310_000_000, closedFen: 525_000_000 },
}
export const exampleSeasonReport = {
  seasonId: ids.season,
  name: exampleSeasonBody.name,
  asOf: end,
  totals: exampleFigures,
  byField: [{ field: 'advanced-manufacturing', ...exampleFigures }],
  byInstitution: [{ organisation: { id: id('org'), name: '示范大学' }, ...exampleFigures }],
}

export const exampleInterest = { supplyId: id('sup'), band: 'to_1m' as const, updatedAt: at }
export const exampleGuidance = {
  comparables: [
    {
      ...{ auctionId: ids.lot, title: '谐波减速器齿形设计方法', market: 'jiangsu', valuationFen: 40_000_000 },
      ...{ reserveFen: 52_000_000, highestFen: 31_000_000, outcome: 'unsold' as const, closedAt: at },
    },
  ],
  reached: 0,
  usual: null,
  interest: { organisations: 2, bands: null },
  warnings: [{ code: 'reserve_above_valuation', zh: '保留价高于评估值。', en: 'The reserve is above the valuation.' }],
}

export const exampleSignal = {
  ...{ code: 'bidder_near_seller' as const, bidderNumbers: [417], evidence: { mail_domain: 'example.edu.cn' } },
  zh: '417号竞买人与出让方邮箱域名同为example.edu.cn，可能存在关联。',
  en: 'Bidder 417 and the seller share example.edu.cn.',
}
