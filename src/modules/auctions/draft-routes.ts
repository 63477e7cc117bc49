import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import { impossible } from '../../kernel/assert.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import type { Vault } from '../../ports/vault.ts'
import { changeLot } from './change-lot.ts'
import { createLot } from './create-lot.ts'
import { deleteLot } from './delete-lot.ts'
import { exampleLot, exampleLotBody, exampleReauctionBody } from './examples.ts'
import { lotReply } from './lot-routes.ts'
import { reauctionLot } from './reauction-lot.ts'
import { changeLotBody, createLotBody, lotResponse, reauctionBody } from './schemas.ts'

type Deps = { clock: Clock; vault: Vault; live: LiveChannel }
const tag = 'Auctions'
const params = z.object({ id: idSchema('auction') })

/** Lots before their announcement: drafted, changed, removed, brought back. */
export function draftRoutes(api: Api, deps: Deps): void {
  changeRoutes(api, deps)
  api.post('/v1/auctions', {
    ...{
      operationId: 'createAuction',
      summary: 'Draft a lot from a published supply, as its owner or the operator',
      tag,
    },
    permission: 'auction.sell',
    body: createLotBody,
    status: 201,
    response: lotResponse,
    errors: ['AUCTION_TERMS_REFUSED', 'ALREADY_EXISTS'],
    example: { body: exampleLotBody, response: { ...exampleLot, state: 'draft' } },
    handle: async ({ db, actor, body, ip }) => {
      const lot = await createLot({ ...deps, db }, actor, { ...body, ip })
      return lotReply({ ...deps, db }, actor, lot.id)
    },
  })
  api.post('/v1/auctions/:id/reauction', {
    ...{
      operationId: 'repeatAuction',
      summary: 'Bring an unsold or defaulted lot back as a draft, within the allowed price cut',
      tag,
    },
    permission: 'auction.sell',
    params,
    body: reauctionBody,
    status: 201,
    response: lotResponse,
    errors: ['TRANSITION_NOT_ALLOWED', 'AUCTION_TERMS_REFUSED', 'ALREADY_EXISTS'],
    example: { body: exampleReauctionBody, response: { ...exampleLot, state: 'draft', round: 2 } },
    handle: async ({ db, actor, params: { id }, body }) => {
      const lot = await reauctionLot({ ...deps, db }, actor, { ...body, id })
      return lotReply({ ...deps, db }, actor, lot.id)
    },
  })
}

function changeRoutes(api: Api, deps: Deps): void {
  api.patch('/v1/auctions/:id', {
    ...{ operationId: 'updateAuction', summary: 'Change terms of a draft lot by JSON merge patch', tag },
    permission: 'auction.sell',
    params,
    body: changeLotBody,
    ifMatch: 'required',
    response: lotResponse,
    errors: ['TRANSITION_NOT_ALLOWED', 'AUCTION_TERMS_REFUSED'],
    example: { body: { startFen: 28_000_000, reserveFen: 32_000_000 }, response: { ...exampleLot, state: 'draft' } },
    handle: async ({ db, actor, params: { id }, body: change, ifMatch = 0 }) => {
      await changeLot({ ...deps, db }, actor, { id, version: ifMatch, change })
      return lotReply({ ...deps, db }, actor, id)
    },
  })
  api.delete('/v1/auctions/:id', {
    ...{ operationId: 'deleteAuction', summary: 'Remove a draft lot', tag },
    permission: 'auction.sell',
    params,
    ifMatch: 'required',
    errors: ['TRANSITION_NOT_ALLOWED'],
    example: {},
    handle: async ({ db, actor, params: { id }, ifMatch }) => {
      const version = ifMatch ?? impossible('a required If-Match is never missing')
      await deleteLot({ db }, actor, { id, version })
      return { body: undefined }
    },
  })
}
