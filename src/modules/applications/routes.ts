import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { etagOf } from '../../kernel/etag.ts'
import { idSchema } from '../../kernel/ids.ts'
import { listApplications } from './application-repo.ts'
import { changeStage } from './change-stage.ts'
import { createApplication } from './create-application.ts'
import { exampleApplication, exampleBatch, exampleCreate, exampleGuaranteed } from './examples.ts'
import { guaranteeBatch } from './guarantee-batch.ts'
import { toApplicationDetail, toApplicationResponse } from './present.ts'
import { readApplication } from './read-application.ts'
import {
  applicationDetailResponse,
  applicationResponse,
  applicationsResponse,
  changeStageBody,
  createApplicationBody,
  guaranteeBatchBody,
  guaranteeBatchResponse,
  listApplicationsQuery,
} from './schemas.ts'

const tag = 'Financing'
const params = z.object({ id: idSchema('financeApplication') })

/** Applications for finance products, from the pre-check to the last repayment. */
export function applicationRoutes(api: Api, { clock }: { clock: Clock }): void {
  api.post('/v1/finance-products/:id/applications', {
    ...{ operationId: 'createFinanceApplication', summary: 'Open an application for a finance product', tag },
    description:
      'Pre-checked by the product’s rules. The provider sees it once it is submitted, and of your evidence only `shareFields`.',
    permission: 'application.work',
    ...{ params: z.object({ id: idSchema('financeProduct') }), body: createApplicationBody, status: 201 },
    ...{ response: applicationResponse, idempotency: 'required', errors: ['ALREADY_EXISTS'] },
    example: {
      body: exampleCreate,
      response: { ...exampleApplication, stage: 'pre_checked', submittedAt: null, dueAt: null, version: 1 },
    },
    handle: async ({ db, actor, params: { id }, body }) => {
      const application = await createApplication({ db, clock }, actor, { ...body, productId: id })
      const answer = toApplicationResponse(application, { actor, now: clock.now() })
      return { body: answer, etag: etagOf(application.version) }
    },
  })
  api.get('/v1/finance-applications', {
    ...{ operationId: 'listFinanceApplications', summary: 'List your applications, and those made to you', tag },
    permission: 'application.read',
    ...{ query: listApplicationsQuery, response: applicationsResponse },
    example: { response: { data: [exampleApplication], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, actor, query, pager }) => {
      const now = clock.now()
      const { role, stage, late } = query
      const filter = { orgId: actor.orgId, role, stages: stage && [stage], dueBefore: late ? now : undefined }
      const page = await listApplications(db, filter, pager.request(query))
      return { body: pager.answer(page, (row) => toApplicationResponse(row, { actor, now })) }
    },
  })
  api.get('/v1/finance-applications/:id', {
    ...{ operationId: 'readFinanceApplication', summary: 'Read an application with its steps', tag },
    permission: 'application.read',
    ...{ params, response: applicationDetailResponse },
    example: { response: { ...exampleApplication, steps: [] } },
    handle: async ({ db, actor, params: { id } }) => {
      const found = await readApplication({ db }, actor, id)
      const answer = toApplicationDetail(found, { actor, now: clock.now() })
      return { body: answer, etag: etagOf(found.application.version) }
    },
  })
  api.post('/v1/finance-applications/:id/stage', {
    ...{ operationId: 'changeFinanceApplicationStage', summary: 'Take the next step of an application', tag },
    description:
      'submit and withdraw are the applicant’s, all others the provider’s. A drawing above the line answers 409.',
    permission: 'application.work',
    ...{ params, body: changeStageBody, response: applicationResponse, idempotency: 'required', ifMatch: 'optional' },
    errors: ['TRANSITION_NOT_ALLOWED', 'LIMIT_EXCEEDED', 'NOT_ELIGIBLE'],
    example: { body: { action: 'submit' }, response: exampleApplication },
    handle: async ({ db, actor, params: { id }, body, ifMatch }) => {
      const application = await changeStage({ db, clock }, actor, { ...body, id, version: ifMatch })
      const answer = toApplicationResponse(application, { actor, now: clock.now() })
      return { body: answer, etag: etagOf(application.version) }
    },
  })
  batchRoute(api, { clock })
}

function batchRoute(api: Api, { clock }: { clock: Clock }): void {
  api.post('/v1/risk-pools/:id/batches', {
    ...{
      operationId: 'guaranteeBatch',
      summary: 'Hand approved applications to a batch pool together',
      tag: 'Risk sharing',
    },
    description: 'For the bank that approved them 总对总批量担保: all of them are guaranteed, or none.',
    permission: 'application.work',
    ...{ params: z.object({ id: idSchema('riskPool') }), body: guaranteeBatchBody, status: 201 },
    ...{ response: guaranteeBatchResponse, idempotency: 'required' },
    errors: ['NOT_FOUND', 'FORBIDDEN', 'TRANSITION_NOT_ALLOWED', 'LIMIT_EXCEEDED', 'NOT_ELIGIBLE'],
    example: { body: exampleBatch, response: exampleGuaranteed },
    handle: async ({ db, actor, params: { id }, body }) => {
      const { batchId, poolId, applications } = await guaranteeBatch({ db, clock }, actor, { poolId: id, ...body })
      const seen = { actor, now: clock.now() }
      return {
        body: {
          ...{ batchId, poolId, applications: applications.map((one) => toApplicationResponse(one, seen)) },
          guaranteedFen: applications.reduce((sum, { lineFen }) => sum + (lineFen ?? 0), 0),
        },
      }
    },
  })
}
