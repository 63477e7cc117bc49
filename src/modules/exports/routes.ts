import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Vault } from '../../ports/vault.ts'
import type { ListingKinds } from '../listings/index.ts'
import { exportDeals } from './export-deals.ts'
import { exportListings } from './export-listings.ts'
import { exportReviewItems } from './export-review-items.ts'
import { exportFunnel, exportStatistics } from './export-statistics.ts'
import {
  exportDealsQuery,
  exportFunnelQuery,
  exportListingsQuery,
  exportResponse,
  exportReviewItemsQuery,
  exportStatisticsQuery,
} from './schemas.ts'
import { tableFile } from './table-file.ts'

type Deps = { clock: Clock; vault: Vault; listingKinds: ListingKinds }
const shared = { tag: 'Exports', response: exportResponse, example: {} } as const
const limits =
  'Streamed, without a limit of rows: in an XLSX, what a sheet cannot hold (1,048,575 rows) goes on in 数据 (2), 数据 (3) and so on, ' +
  'each below the same header; the import reads them all.'

/** The lists as files, for whoever may read the lists. */
export function exportRoutes(api: Api, deps: Deps): void {
  api.get('/v1/exports/listings', {
    ...shared,
    operationId: 'exportListings',
    summary: 'Download listings in the columns of the import',
    description:
      'The list of the same query as far as you may see it, as CSV or XLSX. The file can be imported as it is: `mine=true` has ' +
      `your externalIds, so that sending it back as upsert changes nothing; other files are for create_only. ${limits}`,
    permission: 'listing.read',
    query: exportListingsQuery,
    errors: ['FORBIDDEN', 'UNAUTHENTICATED'],
    handle: async ({ db, viewer, query: { kind, confidential, format, ...query } }) => {
      const input = { definition: deps.listingKinds[kind], query, isConfidential: confidential === true }
      return { body: tableFile(await exportListings({ ...deps, db }, viewer, input), format) }
    },
  })
  api.get('/v1/exports/review-items', {
    ...shared,
    operationId: 'exportReviewItems',
    summary: 'Download the review items of your market and its branches',
    description: limits,
    permission: 'review.read',
    query: exportReviewItemsQuery,
    handle: async ({ db, actor, query: { format, ...query } }) => ({
      body: tableFile(await exportReviewItems({ ...deps, db }, actor, query), format),
    }),
  })
  api.get('/v1/exports/deals', {
    ...shared,
    operationId: 'exportDeals',
    summary: 'Download your deals; for operators those of the market',
    description: limits,
    permission: 'deal.read',
    query: exportDealsQuery,
    handle: async ({ db, actor, query: { format, stage, source } }) => ({
      body: tableFile(await exportDeals({ ...deps, db }, actor, { stage, sourceKind: source }), format),
    }),
  })
  statisticsRoutes(api, deps)
}

function statisticsRoutes(api: Api, deps: Deps): void {
  api.get('/v1/exports/statistics', {
    ...shared,
    operationId: 'exportStatistics',
    summary: 'Download the figures of a market and its branches',
    permission: 'statistics.read',
    query: exportStatisticsQuery,
    errors: ['NOT_FOUND'],
    handle: async ({ db, viewer, query: { format, ...asked } }) => ({
      body: tableFile(await exportStatistics({ ...deps, db }, viewer, asked), format),
    }),
  })
  api.get('/v1/exports/funnel', {
    ...shared,
    operationId: 'exportFunnel',
    summary: 'Download the steps from publication to contract in your market',
    permission: 'statistics.market',
    query: exportFunnelQuery,
    errors: ['NOT_FOUND'],
    handle: async ({ db, viewer, query: { format, ...asked } }) => ({
      body: tableFile(await exportFunnel({ ...deps, db }, viewer, asked), format),
    }),
  })
}
