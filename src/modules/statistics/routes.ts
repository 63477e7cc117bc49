import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { checkGrowth } from './domain/consistency.ts'
import { checkRelation } from './domain/relations.ts'
import { readFinancingStatistics } from './read-financing-statistics.ts'
import { readFunnel, readLeagueTable, readMarketHealth, readOverview } from './read-statistics.ts'
import {
  checkFiguresBody,
  checkFiguresResponse,
  financingStatisticsQuery,
  financingStatisticsResponse,
  funnelQuery,
  funnelResponse,
  leagueTableResponse,
  marketHealthResponse,
  overviewResponse,
  statisticsQuery,
} from './schemas.ts'

const tag = 'Statistics'
const asOf = '2026-03-02T01:00:00.000Z'
const markets = ['ningbo', 'ningbo-beilun']
const exampleFigure = {
  ...{ name: 'dealsSigned', value: 42, unit: 'count' as const, asOf, basis: 42 },
  definition: '已签订合同的交易数',
}

/** Public figures, and what operators see of their markets. */
export function statisticsRoutes(api: Api, { clock }: { clock: Clock }): void {
  api.get('/v1/statistics/overview', {
    operationId: 'getStatisticsOverview',
    summary: 'The figures of a market and its branches',
    description:
      'For everybody; figures with fewer than five subjects behind them are for the operators of the market.',
    tag,
    permission: 'statistics.read',
    query: statisticsQuery,
    response: overviewResponse,
    errors: ['NOT_FOUND'],
    example: { response: { markets, figures: [exampleFigure] } },
    handle: async ({ db, viewer, query }) => ({ body: await readOverview({ db, clock }, viewer, query) }),
  })
  api.get('/v1/statistics/league-table', {
    operationId: 'getLeagueTable',
    summary: 'Markets and branches by contracts closed',
    tag,
    permission: 'statistics.read',
    query: statisticsQuery,
    response: leagueTableResponse,
    errors: ['NOT_FOUND'],
    example: { response: { data: [{ market: 'ningbo-beilun', figures: [exampleFigure] }] } },
    handle: async ({ db, viewer, query }) => ({ body: { data: await readLeagueTable({ db, clock }, viewer, query) } }),
  })
  api.get('/v1/statistics/funnel', {
    operationId: 'getFunnel',
    summary: 'From publication to contract, in your market',
    tag,
    permission: 'statistics.market',
    query: funnelQuery,
    response: funnelResponse,
    errors: ['NOT_FOUND'],
    example: { response: { markets, asOf, steps: [{ step: 'deal.signed', count: 42, shareOfPrevious: 0.4 }] } },
    handle: async ({ db, viewer, query }) => ({ body: await readFunnel({ db, clock }, viewer, query) }),
  })
  api.get('/v1/statistics/market-health', {
    operationId: 'getMarketHealth',
    summary: 'Whether your market finds what is wanted, how fast it answers, and whether its scores hold',
    tag,
    permission: 'statistics.market',
    query: statisticsQuery,
    response: marketHealthResponse,
    errors: ['NOT_FOUND'],
    example: {
      response: {
        ...{ markets, asOf, figures: [exampleFigure], topicGaps: [] },
        calibration: [
          { scoreFrom: 0.8, scoreTo: 0.9, decided: 40, approved: 33, meanScore: 0.84, approvedShare: 0.825 },
        ],
        conversionBySource: [{ source: 'introduction', opened: 10, signed: 4, share: 0.4 }],
      },
    },
    handle: async ({ db, viewer, query }) => ({ body: await readMarketHealth({ db, clock }, viewer, query) }),
  })
  api.get('/v1/statistics/financing', {
    operationId: 'getFinancingStatistics',
    summary: 'Applications, approvals, lines and drawings of your market, by market, product or month',
    description: 'Of the applications submitted in the period, with what became of them since. Rates are recomputed.',
    tag,
    permission: 'statistics.market',
    query: financingStatisticsQuery,
    response: financingStatisticsResponse,
    errors: ['NOT_FOUND'],
    example: {
      response: {
        ...{ markets, asOf, groupBy: 'market', total: [exampleFigure] },
        groups: [{ key: 'ningbo', figures: [exampleFigure] }],
      },
    },
    handle: async ({ db, viewer, query }) => ({ body: await readFinancingStatistics({ db, clock }, viewer, query) }),
  })
  api.post('/v1/statistics/figure-checks', {
    operationId: 'checkFigures',
    summary: 'Recompute reported growth rates and flag those that contradict their own amounts',
    description:
      'For figures of others: value and increase make the rate; what rounding does not explain is flagged. `relations` also ' +
      'takes shares, sums, averages and what must not be above something else, with the digits that were reported.',
    tag,
    permission: 'statistics.read',
    idempotency: 'none',
    body: checkFiguresBody,
    response: checkFiguresResponse,
    example: {
      body: {
        figures: [{ name: '贷投联动余额（亿元）', value: 101.33, increase: 47.23, ratePercent: 74.54 }],
        relations: [{ name: '余额占授信（%）', kind: 'share', part: 131, whole: 345, digits: 0, ratePercent: 37.97 }],
      },
      response: {
        data: [
          {
            ...{ name: '贷投联动余额（亿元）', isConsistent: false, reportedPercent: 74.54 },
            ...{ recomputedPercent: 87.3, differencePoints: -12.76 },
          },
        ],
        relations: [
          {
            ...{ name: '余额占授信（%）', kind: 'share', isConsistent: true },
            ...{ reported: 37.97, recomputed: 37.97, difference: 0 },
          },
        ],
      },
    },
    handle: async ({ body }) => ({
      body: {
        data: body.figures.map(({ name, ...reported }) => ({ name, ...checkGrowth(reported) })),
        relations: body.relations.map(({ name, digits, rateDigits, ...relation }) => ({
          ...{ name, kind: relation.kind, ...checkRelation(relation, { amounts: digits, rates: rateDigits }) },
        })),
      },
    }),
  })
}
