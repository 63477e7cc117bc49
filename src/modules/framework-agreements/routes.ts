import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { etagOf } from '../../kernel/etag.ts'
import { idSchema } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { actOnAgreement } from './act-on-agreement.ts'
import { type Agreement, getAgreement, listAgreements } from './agreement-repo.ts'
import { exampleAgreement, exampleProposal } from './examples.ts'
import { toAgreement } from './present.ts'
import { proposeAgreement } from './propose-agreement.ts'
import {
  agreementResponse,
  agreementsResponse,
  answerAgreementBody,
  endAgreementBody,
  listAgreementsQuery,
  proposeAgreementBody,
} from './schemas.ts'

const tag = 'Financing'
const url = '/v1/framework-agreements'
const params = z.object({ id: idSchema('frameworkAgreement') })

/** Framework agreements between a bank and an enterprise 共同成长计划. */
export function agreementRoutes(api: Api, deps: { clock: Clock }): void {
  const seenBy = (actor: Principal) => ({ actor, today: chinaDay(deps.clock.now()) })
  const answer = (row: Agreement, actor: Principal) => ({
    ...{ body: toAgreement(row, seenBy(actor)), etag: etagOf(row.version) },
  })
  api.get(url, {
    ...{ operationId: 'listFrameworkAgreements', summary: 'Your framework agreements, newest first', tag },
    permission: 'agreement.read',
    ...{ query: listAgreementsQuery, response: agreementsResponse },
    example: { response: { data: [exampleAgreement], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, actor, query, pager }) => {
      const filter = { orgId: actor.orgId, state: query.state }
      const page = await listAgreements(db, filter, pager.request(query))
      return { body: pager.answer(page, (row) => toAgreement(row, seenBy(actor))) }
    },
  })
  api.get(`${url}/:id`, {
    ...{ operationId: 'readFrameworkAgreement', summary: 'Read a framework agreement', tag },
    ...{ permission: 'agreement.read', params, response: agreementResponse },
    example: { response: exampleAgreement },
    handle: async ({ db, actor, params: { id } }) => answer(await getAgreement(db, id, actor.orgId), actor),
  })
  api.post(url, {
    ...{ operationId: 'proposeFrameworkAgreement', summary: 'Offer an enterprise a line with dated commitments', tag },
    description: 'For financial institutions. Applications are drawn under it once the enterprise has accepted.',
    permission: 'agreement.work',
    ...{ body: proposeAgreementBody, status: 201, response: agreementResponse, idempotency: 'required' },
    errors: ['NOT_FOUND', 'ORGANISATION_NOT_VERIFIED'],
    example: { body: exampleProposal, response: { ...exampleAgreement, state: 'proposed' } },
    handle: async ({ db, actor, body }) => answer(await proposeAgreement({ ...deps, db }, actor, body), actor),
  })
  api.post(`${url}/:id/answer`, {
    ...{ operationId: 'answerFrameworkAgreement', summary: 'Accept or decline what a bank offers you', tag },
    permission: 'agreement.work',
    ...{ params, body: answerAgreementBody, response: agreementResponse, errors: ['TRANSITION_NOT_ALLOWED'] },
    example: { body: { isAccepted: true }, response: exampleAgreement },
    handle: async ({ db, actor, params: { id }, body }) => {
      const action = body.isAccepted ? 'accept' : 'decline'
      return answer(await actOnAgreement({ ...deps, db }, actor, { id, action }), actor)
    },
  })
  api.post(`${url}/:id/end`, {
    ...{ operationId: 'endFrameworkAgreement', summary: 'End an agreement; what was drawn goes on', tag },
    permission: 'agreement.work',
    ...{ params, body: endAgreementBody, response: agreementResponse, errors: ['TRANSITION_NOT_ALLOWED'] },
    example: {
      body: { reason: '双方协商终止' },
      response: { ...exampleAgreement, state: 'ended', allowedActions: [] },
    },
    handle: async ({ db, actor, params: { id }, body }) =>
      answer(await actOnAgreement({ ...deps, db }, actor, { id, action: 'end', ...body }), actor),
  })
}
