import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { declareQualification } from './declare-qualification.ts'
import { exampleDeclaration, exampleQualification, lastPage } from './examples.ts'
import { listQualifications } from './list-qualifications.ts'
import { toQualificationResponse } from './present.ts'
import {
  declareQualificationBody,
  qualificationParams,
  qualificationResponse,
  verifyQualificationBody,
} from './qualification-schemas.ts'
import { removeQualification } from './remove-qualification.ts'
import { organisationParams } from './schemas.ts'
import { verifyQualification } from './verify-qualification.ts'

const tag = 'Organisations'

export function qualificationRoutes(api: Api, deps: { clock: Clock }): void {
  listRoute(api, deps)
  ownRoutes(api, deps)
  operatorRoute(api, deps)
}

function listRoute(api: Api, { clock }: { clock: Clock }): void {
  api.get('/v1/organisations/:id/qualifications', {
    operationId: 'listQualifications',
    summary: 'List the qualifications of an organisation',
    description: 'Others than the organisation and its operator see what is verified and valid today.',
    tag,
    permission: 'qualification.read',
    params: organisationParams,
    query: z.object(pageQuery),
    response: pageSchema(qualificationResponse),
    example: { response: { data: [exampleQualification], page: lastPage } },
    handle: async ({ db, actor, params, query, pager }) => {
      const input = { organisationId: params.id, page: pager.request(query) }
      const { page, isFull } = await listQualifications({ db, clock }, actor, input)
      return {
        body: pager.answer(page, (item) => toQualificationResponse(item, { isFull, today: chinaDay(clock.now()) })),
      }
    },
  })
}

function ownRoutes(api: Api, { clock }: { clock: Clock }): void {
  api.post('/v1/organisations/:id/qualifications', {
    operationId: 'declareQualification',
    summary: 'Declare a qualification of the own organisation',
    tag,
    permission: 'qualification.manage',
    params: organisationParams,
    body: declareQualificationBody,
    status: 201,
    response: qualificationResponse,
    errors: ['ALREADY_EXISTS'],
    example: { body: exampleDeclaration, response: exampleQualification },
    handle: async ({ db, actor, params, body }) => {
      const declared = await declareQualification({ db, clock }, actor, { ...body, organisationId: params.id })
      return { body: toQualificationResponse(declared, asFull(clock)) }
    },
  })

  api.delete('/v1/organisations/:id/qualifications/:qualificationId', {
    operationId: 'removeQualification',
    summary: 'Remove a qualification of the own organisation',
    tag,
    permission: 'qualification.manage',
    params: qualificationParams,
    example: {},
    handle: async ({ db, actor, params: { id, qualificationId } }) => {
      await removeQualification({ db, clock }, actor, { organisationId: id, qualificationId })
      return { body: undefined }
    },
  })
}

function operatorRoute(api: Api, { clock }: { clock: Clock }): void {
  api.post('/v1/organisations/:id/qualifications/:qualificationId/verification', {
    operationId: 'verifyQualification',
    summary: 'Confirm a qualification, or take the confirmation back',
    tag,
    permission: 'qualification.verify',
    params: qualificationParams,
    body: verifyQualificationBody,
    response: qualificationResponse,
    errors: ['CONFLICT_OF_INTEREST'],
    example: { body: { decision: 'verify' }, response: { ...exampleQualification, state: 'verified' } },
    handle: async ({ db, actor, params: { id, qualificationId }, body }) => {
      const input = { organisationId: id, qualificationId, decision: body.decision }
      return { body: toQualificationResponse(await verifyQualification({ db, clock }, actor, input), asFull(clock)) }
    },
  })
}

function asFull(clock: Clock) {
  return { isFull: true, today: chinaDay(clock.now()) }
}
