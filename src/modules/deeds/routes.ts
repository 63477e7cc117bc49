import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { exampleDeed, exampleTotals } from './examples.ts'
import { listDeeds } from './list-deeds.ts'
import { toDeedResponse, toTotalsResponse } from './present.ts'
import { readTotals } from './read-totals.ts'
import { deedsResponse, deedTotalsResponse, listDeedsQuery } from './schemas.ts'

const tag = 'Brokers'
const params = z.object({ id: idSchema('user') })

/** What brokers did: for themselves, their firm and the operator of their market. */
export function deedRoutes(api: Api, { clock }: { clock: Clock }): void {
  api.get('/v1/brokers/:id/deeds', {
    operationId: 'listBrokerDeeds',
    summary: 'List what a broker did: decisions, introductions, deals with the share of the commission',
    description: 'Newest first, one for a fact; deeds are added and never changed.',
    tag,
    permission: 'broker.read',
    params,
    query: listDeedsQuery,
    response: deedsResponse,
    example: { response: { data: [exampleDeed], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, actor, params: { id: userId }, query, pager }) => {
      const wanted = { userId, kind: query.kind, page: pager.request(query) }
      return { body: pager.answer(await listDeeds({ db }, actor, wanted), toDeedResponse) }
    },
  })
  api.get('/v1/brokers/:id/deeds/totals', {
    operationId: 'readBrokerDeedTotals',
    summary: 'Count a broker’s deeds, with the broker’s part in the amounts of deals',
    tag,
    permission: 'broker.read',
    params,
    response: deedTotalsResponse,
    example: { response: exampleTotals },
    handle: async ({ db, actor, params: { id } }) => ({
      body: toTotalsResponse(await readTotals({ db, clock }, actor, id)),
    }),
  })
}
