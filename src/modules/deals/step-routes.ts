import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { etagOf } from '../../kernel/etag.ts'
import { idSchema } from '../../kernel/ids.ts'
import { confirmTerms } from './confirm-terms.ts'
import { exampleDeal } from './examples.ts'
import { moveDeal } from './move-deal.ts'
import { toDealResponse } from './present.ts'
import { readDeal } from './read-deal.ts'
import { dealResponse } from './response-schemas.ts'
import { confirmTermsBody, moveDealBody } from './schemas.ts'
import { detailOf } from './view-deal.ts'

const shared = { tag: 'Deals', permission: 'deal.manage' } as const
const params = z.object({ id: idSchema('deal') })

/** Confirmations of the sides and the stages of a deal. */
export function stepRoutes(api: Api, { clock }: { clock: Clock }): void {
  api.post('/v1/deals/:id/confirmations', {
    ...shared,
    operationId: 'confirmDealTerms',
    summary: 'Confirm the present terms for your side',
    description: 'Names the version of the terms that you have read; later changes void the confirmation.',
    params,
    body: confirmTermsBody,
    response: dealResponse,
    errors: ['NOT_FOUND', 'FORBIDDEN', 'TRANSITION_NOT_ALLOWED', 'PRECONDITION_FAILED'],
    example: { body: { termsVersion: 3 }, response: exampleDeal },
    handle: async ({ db, actor, params: { id }, body }) => {
      const deal = await confirmTerms({ db, clock }, actor, { id, ...body })
      const view = await readDeal({ db }, actor, deal.id)
      return { body: toDealResponse(await detailOf(db, view, chinaDay(clock.now()))), etag: etagOf(deal.version) }
    },
  })
  api.post('/v1/deals/:id/stage', {
    ...shared,
    operationId: 'moveDeal',
    summary: 'Move a deal to its next stage, or drop it with a reason',
    description:
      'intent → negotiating → signed → registered → performed; a deal that is not performed may be dropped. Signing needs the confirmation of both sides, or the signed paper recorded by the operator; a university’s price by agreement must have been public for the days of the market.',
    ifMatch: 'optional',
    params,
    body: moveDealBody,
    response: dealResponse,
    errors: [
      'NOT_FOUND',
      'TRANSITION_NOT_ALLOWED',
      'DEAL_INCOMPLETE',
      'CONFIRMATION_MISSING',
      'PRICE_PUBLICITY_OPEN',
      'CONTRACT_NOT_REGISTRABLE',
      'AMOUNTS_OUT_OF_ORDER',
    ],
    example: { body: { action: 'sign', signedOn: '2026-03-02', contractNo: '2026-NB-0302' }, response: exampleDeal },
    handle: async ({ db, actor, params: { id }, body, ifMatch }) => {
      const deal = await moveDeal({ db, clock }, actor, { ...body, id, version: ifMatch })
      const view = await readDeal({ db }, actor, deal.id)
      return { body: toDealResponse(await detailOf(db, view, chinaDay(clock.now()))), etag: etagOf(deal.version) }
    },
  })
}
