import { z } from 'zod'
import { pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { marketTree } from '../markets/index.ts'
import { createSeason } from './create-season.ts'
import { createSession } from './create-session.ts'
import { exampleSeason, exampleSeasonBody, exampleSession, exampleSessionBody } from './examples.ts'
import { toSeasonResponse, toSessionResponse } from './present.ts'
import {
  createSeasonBody,
  createSessionBody,
  listSeasonsQuery,
  listSessionsQuery,
  seasonResponse,
  sessionResponse,
} from './schemas.ts'
import { getSession, listSeasons, listSessions } from './session-repo.ts'

const tag = 'Auctions'
const onePage = { nextCursor: null, hasMore: false }

/** Seasons and their sessions: made by the operator, read by everybody. */
export function sessionRoutes(api: Api, deps: { clock: Clock }): void {
  api.post('/v1/auction-seasons', {
    ...{ operationId: 'createAuctionSeason', summary: 'Begin an auction season 拍卖季 of your market', tag },
    permission: 'auction.manage',
    body: createSeasonBody,
    status: 201,
    response: seasonResponse,
    errors: ['NOT_FOUND'],
    example: { body: exampleSeasonBody, response: exampleSeason },
    handle: async ({ db, actor, body }) => ({
      body: toSeasonResponse(await createSeason({ ...deps, db }, actor, body)),
    }),
  })
  api.get('/v1/auction-seasons', {
    ...{ operationId: 'listAuctionSeasons', summary: 'List auction seasons, newest first', tag },
    permission: 'auction.read',
    query: listSeasonsQuery,
    response: pageSchema(seasonResponse),
    example: { response: { data: [exampleSeason], page: onePage } },
    handle: async ({ db, query, pager }) => {
      const markets = query.market === undefined ? undefined : await marketTree(db, query.market)
      return { body: pager.answer(await listSeasons(db, { markets }, pager.request(query)), toSeasonResponse) }
    },
  })
  api.post('/v1/auction-sessions', {
    ...{ operationId: 'createAuctionSession', summary: 'Add a themed session 专场 to a season', tag },
    permission: 'auction.manage',
    body: createSessionBody,
    status: 201,
    response: sessionResponse,
    example: { body: exampleSessionBody, response: exampleSession },
    handle: async ({ db, actor, body }) => ({
      body: toSessionResponse(await createSession({ ...deps, db }, actor, body)),
    }),
  })
  api.get('/v1/auction-sessions', {
    ...{ operationId: 'listAuctionSessions', summary: 'List auction sessions, newest first', tag },
    permission: 'auction.read',
    query: listSessionsQuery,
    response: pageSchema(sessionResponse),
    example: { response: { data: [exampleSession], page: onePage } },
    handle: async ({ db, query, pager }) => {
      const markets = query.market === undefined ? undefined : await marketTree(db, query.market)
      const filter = { markets, seasonId: query.seasonId }
      return { body: pager.answer(await listSessions(db, filter, pager.request(query)), toSessionResponse) }
    },
  })
  api.get('/v1/auction-sessions/:id', {
    ...{ operationId: 'getAuctionSession', summary: 'Read an auction session', tag },
    permission: 'auction.read',
    params: z.object({ id: idSchema('auctionSession') }),
    response: sessionResponse,
    example: { response: exampleSession },
    handle: async ({ db, params: { id } }) => ({ body: toSessionResponse(await getSession(db, id)) }),
  })
}
