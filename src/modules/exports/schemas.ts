import { z } from 'zod'
import { fileAnswer } from '../../http/files.ts'
import { queryFlag } from '../../http/query.ts'
import { dealFilters } from '../deals/index.ts'
import { csvType, xlsxType } from '../imports/index.ts'
import { listingFilters, listingKinds } from '../listings/index.ts'
import { reviewFilters } from '../review/index.ts'
import { funnelQuery, statisticsQuery } from '../statistics/index.ts'
import { statisticsReports } from './export-statistics.ts'
import { exportFormats } from './table-file.ts'

const format = z.enum(exportFormats).default('csv')

export const exportResponse = fileAnswer(csvType, xlsxType)

export const exportListingsQuery = z.object({
  ...listingFilters,
  kind: z.enum(listingKinds),
  confidential: queryFlag().optional().meta({ description: 'With `mine`: confidential detail and contact, too.' }),
  format,
})
export const exportReviewItemsQuery = z.object({ ...reviewFilters, format })
export const exportDealsQuery = z.object({ ...dealFilters, format })
export const exportStatisticsQuery = statisticsQuery.extend({
  report: z.enum(statisticsReports).default('overview'),
  format,
})
export const exportFunnelQuery = funnelQuery.extend({ format })
