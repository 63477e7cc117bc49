import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { addUser } from './add-user.ts'
import { exampleNewUser, exampleUser, lastPage } from './examples.ts'
import { listUsers } from './list-users.ts'
import { toUserResponse } from './present.ts'
import { addUserBody, organisationParams, userResponse } from './schemas.ts'

export function userRoutes(api: Api, { clock }: { clock: Clock }): void {
  api.post('/v1/organisations/:id/users', {
    operationId: 'addUser',
    summary: 'Add a user to an organisation',
    description:
      'Owners add owners and members to their own organisation. Operators add brokers to a broker firm of their market or ' +
      'to their own organisation, and operators to their own.',
    tag: 'Organisations',
    permission: 'organisation.update',
    params: organisationParams,
    body: addUserBody,
    status: 201,
    response: userResponse,
    errors: ['EMAIL_TAKEN', 'UNAVAILABLE'],
    example: { body: { ...exampleNewUser, role: 'member' }, response: { ...exampleUser, role: 'member' } },
    handle: async ({ db, actor, params, body }) => ({
      body: toUserResponse(await addUser({ db, clock }, actor, { ...body, organisationId: params.id })),
    }),
  })

  api.get('/v1/organisations/:id/users', {
    operationId: 'listUsers',
    summary: 'List the users of an organisation',
    description: 'For the organisation itself and the operator of its market.',
    tag: 'Organisations',
    permission: 'organisation.read',
    params: organisationParams,
    query: z.object(pageQuery),
    response: pageSchema(userResponse),
    example: { response: { data: [exampleUser], page: lastPage } },
    handle: async ({ db, actor, params, query, pager }) => {
      const input = { organisationId: params.id, page: pager.request(query) }
      return { body: pager.answer(await listUsers({ db }, actor, input), toUserResponse) }
    },
  })
}
