import { z } from 'zod'
import { pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { marketTree } from '../markets/index.ts'
import { acceptLicence } from './accept-licence.ts'
import { confirmPayment } from './confirm-payment.ts'
import { declareLicence } from './declare-licence.ts'
import { exampleAcceptance, exampleDeclaration, exampleLicence } from './examples.ts'
import { exportRegister } from './export-register.ts'
import { getLicence, listLicences } from './licence-repo.ts'
import { toAcceptanceResponse, toLicenceResponse } from './present.ts'
import { readAcceptances } from './read-acceptances.ts'
import {
  acceptanceResponse,
  confirmPaymentBody,
  declareLicenceBody,
  exportLicencesQuery,
  licenceResponse,
  listAcceptancesQuery,
  listLicencesQuery,
  registerFile,
  withdrawLicenceBody,
} from './schemas.ts'
import { withdrawLicence } from './withdraw-licence.ts'

const tag = 'Licences'
const params = z.object({ id: idSchema('openLicence') })
const onePage = { nextCursor: null, hasMore: false }

/** Patents that anybody may use at one price. */
export function licenceRoutes(api: Api, deps: { clock: Clock }): void {
  registerRoutes(api, deps)
  acceptanceRoutes(api, deps)
  api.post('/v1/open-licences', {
    ...{
      operationId: 'declareOpenLicence',
      summary: 'Offer a granted patent of your supply to everybody at one price',
      tag,
    },
    description: 'Every ground of law is named (LICENCE_NOT_ALLOWED); what is only unusual comes back in `warnings`.',
    permission: 'licence.manage',
    body: declareLicenceBody,
    status: 201,
    response: licenceResponse,
    errors: ['LICENCE_NOT_ALLOWED', 'ALREADY_EXISTS'],
    example: { body: exampleDeclaration, response: exampleLicence },
    handle: async ({ db, actor, body }) => ({
      body: toLicenceResponse(await declareLicence({ ...deps, db }, actor, body)),
    }),
  })
  api.post('/v1/open-licences/:id/withdraw', {
    ...{ operationId: 'withdrawOpenLicence', summary: 'End an offer; licences taken before stay in force', tag },
    permission: 'licence.manage',
    params,
    body: withdrawLicenceBody,
    response: licenceResponse,
    errors: ['TRANSITION_NOT_ALLOWED'],
    example: { body: { reason: '专利权转让' }, response: { ...exampleLicence, state: 'withdrawn' } },
    handle: async ({ db, actor, params: { id }, body }) => ({
      body: toLicenceResponse(await withdrawLicence({ ...deps, db }, actor, { id, ...body })),
    }),
  })
}

function registerRoutes(api: Api, deps: { clock: Clock }): void {
  api.get('/v1/open-licences', {
    ...{ operationId: 'listOpenLicences', summary: 'The register of open licences, newest first', tag },
    permission: 'licence.read',
    query: listLicencesQuery,
    response: pageSchema(licenceResponse),
    example: { response: { data: [exampleLicence], page: onePage } },
    handle: async ({ db, query, pager }) => {
      const { market, field, state } = query
      const markets = market === undefined ? undefined : await marketTree(db, market)
      return {
        body: pager.answer(await listLicences(db, { markets, field, state }, pager.request(query)), toLicenceResponse),
      }
    },
  })
  api.get('/v1/open-licences/export', {
    ...{ operationId: 'exportOpenLicences', summary: 'The register of open licences as a CSV file', tag },
    permission: 'licence.read',
    query: exportLicencesQuery,
    response: registerFile,
    example: {},
    handle: async ({ db, query: { market, field, state } }) => {
      const markets = market === undefined ? undefined : await marketTree(db, market)
      return { body: exportRegister({ ...deps, db }, { markets, field, state }) }
    },
  })
  api.get('/v1/open-licences/:id', {
    ...{ operationId: 'getOpenLicence', summary: 'Read an open licence', tag },
    permission: 'licence.read',
    params,
    response: licenceResponse,
    example: { response: exampleLicence },
    handle: async ({ db, params: { id } }) => ({ body: toLicenceResponse(await getLicence(db, id)) }),
  })
}

function acceptanceRoutes(api: Api, deps: { clock: Clock }): void {
  api.post('/v1/open-licences/:id/acceptances', {
    ...{
      operationId: 'acceptOpenLicence',
      summary: 'Give notice that you take the licence, on the declared terms',
      tag,
    },
    permission: 'licence.manage',
    idempotency: 'required',
    params,
    status: 201,
    response: acceptanceResponse,
    errors: ['TRANSITION_NOT_ALLOWED', 'CONFLICT_OF_INTEREST', 'ORGANISATION_NOT_VERIFIED', 'ALREADY_EXISTS'],
    example: { response: exampleAcceptance },
    handle: async ({ db, actor, params: { id } }) => ({
      body: toAcceptanceResponse(await acceptLicence({ ...deps, db }, actor, { id })),
    }),
  })
  api.get('/v1/open-licences/:id/acceptances', {
    ...{
      operationId: 'listLicenceAcceptances',
      summary: 'List who took the licence: patentees all, others their own',
      tag,
    },
    permission: 'licence.manage',
    params,
    query: listAcceptancesQuery,
    response: pageSchema(acceptanceResponse),
    example: { response: { data: [exampleAcceptance], page: onePage } },
    handle: async ({ db, actor, params: { id }, query, pager }) => ({
      body: pager.answer(
        await readAcceptances({ db }, actor, { id, page: pager.request(query) }),
        toAcceptanceResponse,
      ),
    }),
  })
  api.post('/v1/licence-acceptances/:id/payment', {
    ...{
      operationId: 'confirmLicencePayment',
      summary: 'Confirm as patentee that the fee came in: the licence is in force',
      tag,
    },
    permission: 'licence.manage',
    idempotency: 'required',
    params: z.object({ id: idSchema('licenceAcceptance') }),
    body: confirmPaymentBody,
    response: acceptanceResponse,
    errors: ['TRANSITION_NOT_ALLOWED'],
    example: {
      body: { reference: '银行回单 17' },
      response: { ...exampleAcceptance, state: 'in_force', paidAt: exampleAcceptance.noticedAt },
    },
    handle: async ({ db, actor, params: { id }, body }) => ({
      body: toAcceptanceResponse(await confirmPayment({ ...deps, db }, actor, { id, ...body })),
    }),
  })
}
