import { z } from 'zod'
import { pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { clarityRoutes } from './clarity-routes.ts'
import { matchDetailExample, matchExample, previewExample } from './examples.ts'
import { listMatches } from './list-matches.ts'
import { modelRoutes } from './model-routes.ts'
import { nearMissRoutes } from './near-miss-routes.ts'
import { toMatchDetailResponse, toMatchResponse, toPreviewResponse } from './present.ts'
import { previewMatch } from './preview-match.ts'
import { previewMatchBody } from './preview-schemas.ts'
import { readMatch } from './read-match.ts'
import { listMatchesQuery, matchDetailResponse, matchPreviewResponse, matchResponse } from './schemas.ts'

const tag = 'Matching'

export function matchingRoutes(api: Api, deps: { clock: Clock }): void {
  nearMissRoutes(api, deps)
  clarityRoutes(api, deps)
  modelRoutes(api, deps)
  const lists = [
    { path: '/v1/demands/:id/matches', entity: 'demand', operationId: 'listDemandMatches' },
    { path: '/v1/supplies/:id/matches', entity: 'supply', operationId: 'listSupplyMatches' },
  ] as const
  for (const { path, entity, operationId } of lists) {
    api.get(path, {
      operationId,
      summary: `List the matches of a ${entity}, best first`,
      description: 'For its owner, and for brokers and operators as far as the demands belong to their markets.',
      tag,
      permission: 'match.read',
      params: z.object({ id: idSchema(entity) }),
      query: listMatchesQuery,
      response: pageSchema(matchResponse),
      example: { response: { data: [matchExample], page: { nextCursor: null, hasMore: false } } },
      handle: async ({ db, actor, params: { id }, query, pager }) => {
        const { minScore, state } = query
        const page = await listMatches({ db }, actor, { id, minScore, state, page: pager.request(query) })
        return { body: pager.answer(page, toMatchResponse) }
      },
    })
  }

  api.get('/v1/matches/:id', {
    operationId: 'getMatch',
    summary: 'Read a match with its full explanation and both sides',
    description: 'The evidence comes with its places in the two texts.',
    tag,
    permission: 'match.read',
    params: z.object({ id: idSchema('match') }),
    response: matchDetailResponse,
    example: { response: matchDetailExample },
    handle: async ({ db, actor, params: { id } }) => ({
      body: toMatchDetailResponse(actor, await readMatch({ db }, actor, id)),
    }),
  })

  api.post('/v1/match-previews', {
    operationId: 'previewMatch',
    summary: 'Score two unsaved texts, or an unsaved demand or supply against the market; nothing is stored',
    tag,
    permission: 'match.read',
    idempotency: 'none',
    body: previewMatchBody,
    response: matchPreviewResponse,
    example: previewExample,
    handle: async ({ db, actor, body }) => ({
      body: toPreviewResponse(await previewMatch({ ...deps, db }, actor, body)),
    }),
  })
}
