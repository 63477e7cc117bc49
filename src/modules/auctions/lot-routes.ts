import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import { pageSchema } from '../../http/pagination.ts'
import type { Api, Reply } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { etagOf } from '../../kernel/etag.ts'
import { type Id, idSchema } from '../../kernel/ids.ts'
import type { Viewer } from '../../kernel/principal.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import type { Vault } from '../../ports/vault.ts'
import { announceLot } from './announce-lot.ts'
import { exampleLot } from './examples.ts'
import { listLots } from './list-lots.ts'
import { toLotResponse } from './present.ts'
import { readLot } from './read-lot.ts'
import { listLotsQuery, lotResponse, withdrawLotBody } from './schemas.ts'
import { withdrawLot } from './withdraw-lot.ts'

type Deps = { clock: Clock; vault: Vault; live: LiveChannel }
const tag = 'Auctions'
const params = z.object({ id: idSchema('auction') })

/** A lot as its own page shows it; every write answers with it. */
export async function lotReply(
  deps: { db: Db; vault: Vault; live: LiveChannel },
  viewer: Viewer,
  id: Id<'auction'>,
): Promise<Reply<z.input<typeof lotResponse>>> {
  const view = await readLot(deps, viewer, id)
  return { body: toLotResponse(view), etag: etagOf(view.lot.version) }
}

export function lotRoutes(api: Api, deps: Deps): void {
  lotReadRoutes(api, deps)
  api.post('/v1/auctions/:id/announce', {
    ...{
      operationId: 'announceAuction',
      summary: 'Announce a lot: its terms are fixed, its reserve committed to',
      tag,
    },
    description:
      'Refused with every fault when the terms break the rules in force in the market (AUCTION_TERMS_REFUSED).',
    permission: 'auction.manage',
    params,
    response: lotResponse,
    errors: ['TRANSITION_NOT_ALLOWED', 'AUCTION_TERMS_REFUSED'],
    example: { response: exampleLot },
    handle: async ({ db, actor, params: { id } }) => {
      await announceLot({ ...deps, db }, actor, id)
      return lotReply({ ...deps, db }, actor, id)
    },
  })
  api.post('/v1/auctions/:id/withdraw', {
    ...{
      operationId: 'withdrawAuction',
      summary: 'Withdraw an announced lot before its first bid; deposits go back',
      tag,
    },
    permission: 'auction.manage',
    params,
    body: withdrawLotBody,
    response: lotResponse,
    errors: ['TRANSITION_NOT_ALLOWED'],
    example: { body: { reason: '权属状态发生变化' }, response: exampleLot },
    handle: async ({ db, actor, params: { id }, body }) => {
      await withdrawLot({ ...deps, db }, actor, { id, ...body })
      return lotReply({ ...deps, db }, actor, id)
    },
  })
}

function lotReadRoutes(api: Api, deps: Deps): void {
  api.get('/v1/auctions', {
    ...{ operationId: 'listAuctions', summary: 'List auction lots, newest first', tag },
    permission: 'auction.read',
    query: listLotsQuery,
    response: pageSchema(lotResponse),
    example: { response: { data: [exampleLot], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, viewer, query, pager }) => ({
      body: pager.answer(await listLots({ db }, viewer, { query, page: pager.request(query) }), toLotResponse),
    }),
  })
  api.get('/v1/auctions/:id', {
    ...{
      operationId: 'getAuction',
      summary: 'Read a lot: terms, price, leader by number, end; after the close the reserve',
      tag,
    },
    permission: 'auction.read',
    params,
    response: lotResponse,
    example: { response: exampleLot },
    // Without an ETag: price and end change by bids, and "you" by who asks, not by the lot's version.
    handle: async ({ db, viewer, params: { id } }) => ({ body: (await lotReply({ ...deps, db }, viewer, id)).body }),
  })
}
