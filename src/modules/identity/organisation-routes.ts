import { pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { etagOf } from '../../kernel/etag.ts'
import { changeVerification } from './change-verification.ts'
import { exampleOrganisation, exampleRegistration, exampleUser, lastPage } from './examples.ts'
import { listOrganisations } from './list-organisations.ts'
import { toOrganisationResponse, toUserResponse } from './present.ts'
import { readOrganisation } from './read-organisation.ts'
import { registerOrganisation } from './register-organisation.ts'
import {
  changeVerificationBody,
  listOrganisationsQuery,
  organisationParams,
  organisationResponse,
  registeredOrganisationResponse,
  registerOrganisationBody,
  updateOrganisationBody,
} from './schemas.ts'
import { updateOrganisation } from './update-organisation.ts'

const tag = 'Organisations'

export function organisationRoutes(api: Api, deps: { clock: Clock }): void {
  registrationRoute(api, deps)
  ownRoutes(api, deps)
  operatorRoutes(api, deps)
}

function registrationRoute(api: Api, { clock }: { clock: Clock }): void {
  api.post('/v1/organisations', {
    operationId: 'registerOrganisation',
    summary: 'Register an organisation with its first user',
    description: 'It is pending until the operator of its market verifies it; its user can sign in at once.',
    tag,
    permission: 'organisation.register',
    body: registerOrganisationBody,
    status: 201,
    response: registeredOrganisationResponse,
    errors: ['USCC_TAKEN', 'EMAIL_TAKEN', 'UNAVAILABLE'],
    example: { body: exampleRegistration, response: { ...exampleOrganisation, user: exampleUser } },
    handle: async ({ db, body }) => {
      const { organisation, user } = await registerOrganisation({ db, clock }, body)
      return {
        body: { ...toOrganisationResponse({ organisation, isFull: true }), user: toUserResponse(user) },
        etag: etagOf(organisation.version),
        headers: { location: `/v1/organisations/${organisation.id}` },
      }
    },
  })
}

function ownRoutes(api: Api, { clock }: { clock: Clock }): void {
  api.get('/v1/organisations/:id', {
    operationId: 'getOrganisation',
    summary: 'Read an organisation',
    description: 'The organisation itself and the operator of its market see all fields, others the public profile.',
    tag,
    permission: 'organisation.read',
    params: organisationParams,
    response: organisationResponse,
    example: { response: exampleOrganisation },
    handle: async ({ db, actor, params }) => {
      const view = await readOrganisation({ db }, actor, params.id)
      const etag = etagOf(view.organisation.version, view.isFull ? 'full' : 'member')
      return { body: toOrganisationResponse(view), etag }
    },
  })

  api.patch('/v1/organisations/:id', {
    operationId: 'updateOrganisation',
    summary: 'Change the own organisation',
    description: 'A new name of a verified organisation, and any change of a rejected one, is to be verified again.',
    tag,
    permission: 'organisation.update',
    ifMatch: 'required',
    params: organisationParams,
    body: updateOrganisationBody,
    response: organisationResponse,
    example: { body: { shortName: '示例传动' }, response: { ...exampleOrganisation, version: 2 } },
    handle: async ({ db, actor, params, body, ifMatch = 0 }) => {
      const input = { id: params.id, version: ifMatch, change: body }
      const organisation = await updateOrganisation({ db, clock }, actor, input)
      return { body: toOrganisationResponse({ organisation, isFull: true }), etag: etagOf(organisation.version) }
    },
  })
}

function operatorRoutes(api: Api, { clock }: { clock: Clock }): void {
  api.get('/v1/organisations', {
    operationId: 'listOrganisations',
    summary: "List the organisations of the operator's markets",
    description: 'Oldest first, so that who registered first is verified first.',
    tag,
    permission: 'organisation.verify',
    query: listOrganisationsQuery,
    response: pageSchema(organisationResponse),
    example: { response: { data: [exampleOrganisation], page: lastPage } },
    handle: async ({ db, actor, query, pager }) => {
      const { verification } = query
      const found = await listOrganisations({ db }, actor, { verification, page: pager.request(query) })
      return { body: pager.answer(found, (organisation) => toOrganisationResponse({ organisation, isFull: true })) }
    },
  })

  api.post('/v1/organisations/:id/verification', {
    operationId: 'changeVerification',
    summary: 'Verify, reject, suspend or reinstate an organisation',
    tag,
    permission: 'organisation.verify',
    params: organisationParams,
    body: changeVerificationBody,
    response: organisationResponse,
    errors: ['TRANSITION_NOT_ALLOWED', 'CONFLICT_OF_INTEREST'],
    example: {
      body: { decision: 'verify' },
      response: { ...exampleOrganisation, verification: 'verified', verifiedAt: exampleOrganisation.createdAt },
    },
    handle: async ({ db, actor, params, body }) => {
      const organisation = await changeVerification({ db, clock }, actor, { ...body, id: params.id })
      return { body: toOrganisationResponse({ organisation, isFull: true }), etag: etagOf(organisation.version) }
    },
  })
}
