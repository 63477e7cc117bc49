import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { etagOf } from '../../kernel/etag.ts'
import { idSchema } from '../../kernel/ids.ts'
import { claimBenefit } from './claim-benefit.ts'
import { confirmRedemption } from './confirm-redemption.ts'
import { seenBy } from './desk.ts'
import { exampleConfirmed, examplePaid, exampleRedemption, exampleRefused } from './examples.ts'
import { payRedemption } from './pay-redemption.ts'
import { toRedemption } from './present.ts'
import { getRedemption, listRedemptions, type Redemption } from './redemption-repo.ts'
import {
  claimBenefitBody,
  confirmRedemptionBody,
  listRedemptionsQuery,
  payRedemptionBody,
  redemptionResponse,
  redemptionsResponse,
  refuseRedemptionBody,
} from './redemption-schemas.ts'
import { refuseRedemption } from './refuse-redemption.ts'

const tag = 'Policies'
const params = z.object({ id: idSchema('policyRedemption') })

/** Claims under policies 政策兑现: claimed, confirmed with the amount, paid or refused. */
export function redemptionRoutes(api: Api, deps: { clock: Clock }): void {
  claimRoutes(api, deps)
  decisionRoutes(api, deps)
}

function claimRoutes(api: Api, deps: { clock: Clock }): void {
  api.post('/v1/policies/:id/redemptions', {
    ...{ operationId: 'claimBenefit', summary: 'Claim what a policy pays for your organisation', tag },
    description:
      'Under the version in force today. What may be claimed once answers 409 ALREADY_EXISTS the second time.',
    permission: 'redemption.claim',
    ...{ params: z.object({ id: idSchema('policy') }), body: claimBenefitBody, status: 201 },
    ...{ response: redemptionResponse, idempotency: 'required' },
    errors: ['NOT_ELIGIBLE', 'ALREADY_EXISTS', 'ORGANISATION_NOT_VERIFIED'],
    example: { body: { note: '2025年度现金投入600万元' }, response: exampleRedemption },
    handle: async ({ db, actor, params: { id }, body }) =>
      answer(await claimBenefit({ ...deps, db }, actor, { ...body, policyId: id })),
  })
  api.get('/v1/policy-redemptions', {
    ...{ operationId: 'listPolicyRedemptions', summary: 'Your claims; for operators those of their markets, too', tag },
    permission: 'redemption.read',
    ...{ query: listRedemptionsQuery, response: redemptionsResponse },
    example: { response: { data: [exampleRedemption], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, actor, query, pager }) => {
      const filter = { seenBy: await seenBy(db, actor), policyId: query.policyId, state: query.state }
      return { body: pager.answer(await listRedemptions(db, filter, pager.request(query)), toRedemption) }
    },
  })
  api.get('/v1/policy-redemptions/:id', {
    ...{ operationId: 'readPolicyRedemption', summary: 'Read a claim', tag, permission: 'redemption.read' },
    ...{ params, response: redemptionResponse },
    example: { response: exampleRedemption },
    handle: async ({ db, actor, params: { id } }) => answer(await getRedemption(db, id, await seenBy(db, actor))),
  })
}

function decisionRoutes(api: Api, deps: { clock: Clock }): void {
  const shared = {
    tag,
    params,
    permission: 'redemption.decide',
    response: redemptionResponse,
    idempotency: 'required',
    ifMatch: 'optional',
  } as const
  api.post('/v1/policy-redemptions/:id/confirmation', {
    ...shared,
    ...{ operationId: 'confirmPolicyRedemption', summary: 'Confirm a claim with its amount (operator)' },
    description: 'The rules of the day of the claim must say yes by now; the amount stays within benefit and caps.',
    body: confirmRedemptionBody,
    errors: ['TRANSITION_NOT_ALLOWED', 'NOT_ELIGIBLE', 'LIMIT_EXCEEDED', 'CONFLICT_OF_INTEREST'],
    example: { body: { amountFen: 180_000_000 }, response: exampleConfirmed },
    handle: async ({ db, actor, params: { id }, body, ifMatch }) =>
      answer(await confirmRedemption({ ...deps, db }, actor, { id, ifMatch, ...body })),
  })
  api.post('/v1/policy-redemptions/:id/payment', {
    ...shared,
    ...{ operationId: 'payPolicyRedemption', summary: 'Record that a confirmed claim was paid (operator)' },
    body: payRedemptionBody,
    errors: ['TRANSITION_NOT_ALLOWED', 'CONFLICT_OF_INTEREST'],
    example: { body: { reference: '财政支付 2026-0317' }, response: examplePaid },
    handle: async ({ db, actor, params: { id }, body, ifMatch }) =>
      answer(await payRedemption({ ...deps, db }, actor, { id, ifMatch, ...body })),
  })
  api.post('/v1/policy-redemptions/:id/refusal', {
    ...shared,
    ...{ operationId: 'refusePolicyRedemption', summary: 'Refuse a claim with a reason (operator)' },
    body: refuseRedemptionBody,
    errors: ['TRANSITION_NOT_ALLOWED', 'CONFLICT_OF_INTEREST'],
    example: { body: { reason: '现金投入凭证不全' }, response: exampleRefused },
    handle: async ({ db, actor, params: { id }, body, ifMatch }) =>
      answer(await refuseRedemption({ ...deps, db }, actor, { id, ifMatch, ...body })),
  })
}

function answer(redemption: Redemption) {
  return { body: toRedemption(redemption), etag: etagOf(redemption.version) }
}
