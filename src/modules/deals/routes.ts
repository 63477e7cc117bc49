import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { etagOf } from '../../kernel/etag.ts'
import { idSchema } from '../../kernel/ids.ts'
import { findOrganisations } from '../identity/index.ts'
import { createDeal } from './create-deal.ts'
import { exampleChange, exampleDeal, exampleHistory, exampleIds, exampleSummary } from './examples.ts'
import { packRoutes } from './pack-routes.ts'
import { toDealHistoryResponse, toDealResponse, toDealSummary } from './present.ts'
import { listDealHistory, listDeals, readDeal } from './read-deal.ts'
import { dealHistoryResponse, dealResponse, dealSummaryResponse } from './response-schemas.ts'
import { createDealBody, listDealsQuery, updateDealBody } from './schemas.ts'
import { stepRoutes } from './step-routes.ts'
import { updateDeal } from './update-deal.ts'
import { detailOf } from './view-deal.ts'

const tag = 'Deals'
const params = z.object({ id: idSchema('deal') })
const lastPage = { nextCursor: null, hasMore: false }

/** Deals: opened, read, changed; their steps and their registration pack have files of their own. */
export function dealRoutes(api: Api, { clock }: { clock: Clock }): void {
  api.post('/v1/deals', {
    operationId: 'createDeal',
    summary: 'Open a deal from an accepted introduction, or record one that came about elsewhere',
    description:
      'Either side or the broker opens the deal of an introduction that both sides have accepted; a second call answers the same deal. Brokers and operators record deals of their market that have no introduction.',
    tag,
    permission: 'deal.manage',
    idempotency: 'required',
    body: createDealBody,
    status: 201,
    response: dealResponse,
    errors: ['IDEMPOTENCY_KEY_REQUIRED', 'NOT_FOUND', 'TRANSITION_NOT_ALLOWED'],
    example: {
      body: { source: { kind: 'introduction', introductionId: exampleIds.introduction }, intentAmountFen: 100_000_000 },
      response: exampleDeal,
    },
    handle: async ({ db, actor, body }) => {
      const { deal, isNew } = await createDeal({ db, clock }, actor, body)
      const view = await readDeal({ db }, actor, deal.id)
      const detail = await detailOf(db, view, chinaDay(clock.now()))
      return { status: isNew ? 201 : 200, body: toDealResponse(detail), etag: etagOf(deal.version) }
    },
  })
  api.get('/v1/deals', {
    operationId: 'listDeals',
    summary: 'List your deals, newest first; for operators those of the market',
    tag,
    permission: 'deal.read',
    query: listDealsQuery,
    response: pageSchema(dealSummaryResponse),
    example: { response: { data: [exampleSummary], page: lastPage } },
    handle: async ({ db, actor, query, pager }) => {
      const filter = { stage: query.stage, sourceKind: query.source, page: pager.request(query) }
      const page = await listDeals({ db }, actor, filter)
      const names = await findOrganisations(
        db,
        page.items.flatMap(({ providerOrgId, acquirerOrgId }) => [providerOrgId, acquirerOrgId]),
      )
      return { body: pager.answer(page, (deal) => toDealSummary(deal, names)) }
    },
  })
  api.get('/v1/deals/:id', {
    operationId: 'getDeal',
    summary: 'Read a deal with its classification, payments and what may be done next',
    tag,
    permission: 'deal.read',
    params,
    response: dealResponse,
    errors: ['NOT_FOUND'],
    example: { response: exampleDeal },
    handle: async ({ db, actor, params: { id } }) => {
      const detail = await detailOf(db, await readDeal({ db }, actor, id), chinaDay(clock.now()))
      return { body: toDealResponse(detail), etag: etagOf(detail.deal.version) }
    },
  })
  api.patch('/v1/deals/:id', {
    operationId: 'updateDeal',
    summary: 'Change the terms, or record steps and payments',
    description:
      'Changed terms are a new version, which both sides confirm anew. After the signature only `milestones`, `payments` and `brokers` change. `contractAmountFen` ≥ `technologyAmountFen` ≥ `technologyIncomeFen`.',
    tag,
    permission: 'deal.manage',
    ifMatch: 'required',
    params,
    body: updateDealBody,
    response: dealResponse,
    errors: ['NOT_FOUND', 'FORBIDDEN', 'TRANSITION_NOT_ALLOWED', 'AMOUNTS_OUT_OF_ORDER'],
    example: { body: exampleChange, response: { ...exampleDeal, stage: 'negotiating', signing: undefined } },
    handle: async ({ db, actor, params: { id }, body, ifMatch = 0 }) => {
      const deal = await updateDeal({ db, clock }, actor, { id, version: ifMatch, change: body })
      const view = await readDeal({ db }, actor, deal.id)
      return { body: toDealResponse(await detailOf(db, view, chinaDay(clock.now()))), etag: etagOf(deal.version) }
    },
  })
  api.get('/v1/deals/:id/history', {
    operationId: 'listDealHistory',
    summary: 'List what was changed, newest first, with the values before and after',
    tag,
    permission: 'deal.read',
    params,
    query: z.object(pageQuery),
    response: pageSchema(dealHistoryResponse),
    errors: ['NOT_FOUND'],
    example: { response: { data: [exampleHistory], page: lastPage } },
    handle: async ({ db, actor, params: { id }, query, pager }) => ({
      body: pager.answer(
        await listDealHistory({ db }, actor, { id, page: pager.request(query) }),
        toDealHistoryResponse,
      ),
    }),
  })
  stepRoutes(api, { clock })
  packRoutes(api, { clock })
}
