import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { SearchEngine } from '../../ports/search-engine.ts'
import { toSearchHitResponse } from './present.ts'
import { searchListingsQuery, searchListingsResponse, suggestionsResponse, suggestTextsQuery } from './schemas.ts'
import { searchListings } from './search-listings.ts'
import { suggestTexts } from './suggest-texts.ts'

export function searchRoutes(api: Api, { clock, search }: { clock: Clock; search: SearchEngine }): void {
  api.get('/v1/search', {
    operationId: 'searchListings',
    summary: 'Search published supplies, demands and finance products',
    description:
      'All words are wanted; when no listing has all of them, some words, then similar names are enough. ' +
      'Synonyms count as the word, ranked lower. Member text is searched for who is signed in and never shown.',
    tag: 'Search',
    permission: 'search.read',
    query: searchListingsQuery,
    response: searchListingsResponse,
    example: { response: exampleResults },
    handle: async ({ db, viewer, query, pager }) => {
      const input = { query, page: pager.request(query) }
      const { page, ...figures } = await searchListings({ db, clock, search }, viewer, input)
      const headers = { 'x-search-backend': figures.engine }
      return { body: { ...pager.answer(page, toSearchHitResponse), ...figures }, headers }
    },
  })

  api.get('/v1/search/suggestions', {
    operationId: 'suggestSearches',
    summary: 'Complete what was typed so far',
    description:
      'Keywords, organisations and titles of published listings that begin with `q`, as written, in pinyin (yazhu) or in ' +
      'pinyin initials (yz).',
    tag: 'Search',
    permission: 'search.read',
    query: suggestTextsQuery,
    response: suggestionsResponse,
    example: { response: { data: ['压铸', '压铸模具'] } },
    handle: async ({ query }) => ({ body: { data: await suggestTexts({ search }, query) } }),
  })
}

const exampleHit = {
  id: 'sup_01k9w3ynwzf5yr8t6x2m4q7c0a',
  kind: 'supply' as const,
  title: '混合动力双电机壳体高真空压铸技术',
  summary: '面向 DHT 双电机壳体的压铸模具与冷却流道一体化设计。',
  highlights: {
    title: '混合动力双电机壳体高真空<em>压铸</em>技术',
    summary: '面向 DHT 双电机壳体的<em>压铸</em>模具与冷却流道一体化设计。',
  },
  score: 0.741532,
  market: 'ningbo',
  organisation: { id: 'org_01k9w3ynwzf5yr8t6x2m4q7c0d', name: '示范机构', kind: 'university' as const },
  fields: ['advanced-manufacturing'],
  industries: ['C36'],
  ipc: ['B22D17/22'],
  keywords: ['压铸', '电机壳体'],
  region: '330206',
  cooperationModes: ['ordinary_licence'],
  trlMin: 7,
  trlMax: 7,
  trustCode: 'green' as const,
  publishedAt: '2026-11-20T02:00:00.000Z',
}
const exampleResults = {
  data: [exampleHit],
  page: { nextCursor: null, hasMore: false },
  facets: { kind: { supply: 1 } },
  hasApproximateFacets: false,
  engine: 'postgres' as const,
  degraded: false,
  estimatedTotal: 1,
}
