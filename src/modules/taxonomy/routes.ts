import { z } from 'zod'
import { pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import { taxonomies } from './domain/taxonomies.ts'
import { toTaxonomyResponse, toTaxonomySummaryResponse } from './present.ts'
import { readTaxonomy } from './read-taxonomy.ts'
import { getTaxonomyQuery, taxonomyResponse, taxonomySummaryResponse } from './schemas.ts'

export function taxonomyRoutes(api: Api): void {
  api.get('/v1/taxonomies', {
    operationId: 'listTaxonomies',
    summary: 'List the reference sets',
    description: 'Complete in one page; without the terms.',
    tag: 'Taxonomies',
    permission: 'taxonomy.read',
    response: pageSchema(taxonomySummaryResponse),
    example: {
      response: { data: [{ ...exampleTaxonomy, termCount: 9 }], page: { nextCursor: null, hasMore: false } },
    },
    handle: async ({ pager }) => ({
      body: pager.answer({ items: [...taxonomies.values()] }, toTaxonomySummaryResponse),
    }),
  })

  api.get('/v1/taxonomies/:name', {
    operationId: 'getTaxonomy',
    summary: 'Read a reference set with its terms',
    tag: 'Taxonomies',
    permission: 'taxonomy.read',
    params: z.object({ name: z.string().min(1).max(64) }),
    query: getTaxonomyQuery,
    response: taxonomyResponse,
    example: {
      response: {
        ...exampleTaxonomy,
        terms: [{ code: '4', zh: '仿真级', en: 'Validated in the laboratory' }],
      },
    },
    handle: async ({ params, query }) => ({ body: toTaxonomyResponse(readTaxonomy(params.name, query.parent)) }),
  })
}

const exampleTaxonomy = {
  name: 'trl',
  title: { zh: '技术就绪水平', en: 'Technology readiness level' },
  source: 'GB/T 22900-2009',
  edition: '2009',
  date: '2009-05-06',
}
