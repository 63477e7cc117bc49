import { z } from 'zod'
import { pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import { listMarkets } from './market-repo.ts'
import { toMarketResponse, toMarketWithBranchesResponse } from './present.ts'
import { readMarket } from './read-market.ts'
import { marketCode, marketResponse, marketWithBranchesResponse } from './schemas.ts'

export function marketRoutes(api: Api): void {
  api.get('/v1/markets', {
    operationId: 'listMarkets',
    summary: 'List all markets and branches',
    description: 'A flat list by code, complete in one page; `parentCode` gives the tree.',
    tag: 'Markets',
    permission: 'market.read',
    response: pageSchema(marketResponse),
    example: { response: { data: [exampleMarket, exampleBranch], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, pager }) => ({ body: pager.answer({ items: await listMarkets(db) }, toMarketResponse) }),
  })

  api.get('/v1/markets/:code', {
    operationId: 'getMarket',
    summary: 'Read a market with its branches',
    tag: 'Markets',
    permission: 'market.read',
    params: z.object({ code: marketCode }),
    response: marketWithBranchesResponse,
    example: { response: { ...exampleMarket, branches: [exampleBranch] } },
    handle: async ({ db, params }) => ({ body: toMarketWithBranchesResponse(await readMarket({ db }, params.code)) }),
  })
}

const exampleMarket = {
  code: 'ningbo',
  parentCode: null,
  nameZh: '宁波科技大市场',
  nameEn: 'Ningbo Technology Market',
  region: '330200',
  rules: {
    publishOnSubmit: true,
    matchThreshold: 0.5,
    maxMatchesPerListing: 10,
    maxMatchesPerListingDay: 30,
    maxMatchesPerOrganisationDay: 500,
    maxOpenItemsPerBrokerDay: 200,
    reviewDueHours: 48,
    reviewOpenToAllHours: 24,
    reviewGrades: [{ fromFen: 1_000_000_000, grade: 'technology_broker_senior' }],
    reviewCertificate: null,
    secondReadingShare: 0.05,
    minClarity: 0,
    pricePublicity: [{ from: '2016-02-26', days: 15 }],
    commissionBp: 300,
    introductionChaseDays: [3, 7],
    introductionAnswerDays: 14,
    synonyms: [],
  },
  version: 1,
  createdAt: '2026-03-02T01:00:00.000Z',
}
const exampleBranch = {
  ...exampleMarket,
  code: 'ningbo-beilun',
  parentCode: 'ningbo',
  nameZh: '宁波科技大市场北仑分市场',
  nameEn: 'Ningbo Technology Market, Beilun branch',
  region: '330206',
}
