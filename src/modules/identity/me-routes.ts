import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { changePasswordBody, meResponse, sessionResponse } from './auth-schemas.ts'
import { changePassword } from './change-password.ts'
import { exampleOrganisation, exampleSession, exampleUser, lastPage } from './examples.ts'
import { listSessions } from './list-sessions.ts'
import { toMeResponse, toSessionResponse } from './present.ts'
import { readMe } from './read-me.ts'
import { revokeSession } from './revoke-session.ts'

export function meRoutes(api: Api, { clock }: { clock: Clock }): void {
  api.get('/v1/me', {
    operationId: 'getMe',
    summary: 'Who am I, and what may I do',
    tag: 'Authentication',
    permission: 'profile.read',
    response: meResponse,
    example: {
      response: {
        user: exampleUser,
        organisation: exampleOrganisation,
        role: 'owner',
        permissions: ['profile.read', 'listing.create'],
      },
    },
    handle: async ({ db, actor }) => ({ body: toMeResponse(await readMe({ db }, actor)) }),
  })

  api.get('/v1/me/sessions', {
    operationId: 'listMySessions',
    summary: 'List my open sessions',
    tag: 'Authentication',
    permission: 'session.manage',
    query: z.object(pageQuery),
    response: pageSchema(sessionResponse),
    example: { response: { data: [exampleSession], page: lastPage } },
    handle: async ({ db, actor, query, pager }) => {
      const page = await listSessions({ db, clock }, actor, pager.request(query))
      return { body: pager.answer(page, (session) => toSessionResponse(session, actor.sessionId)) }
    },
  })

  api.delete('/v1/me/sessions/:id', {
    operationId: 'revokeMySession',
    summary: 'End one of my sessions',
    tag: 'Authentication',
    permission: 'session.manage',
    params: z.object({ id: idSchema('session') }),
    example: {},
    handle: async ({ db, actor, params }) => {
      await revokeSession({ db, clock }, actor, params.id)
      return { body: undefined }
    },
  })

  api.post('/v1/me/password', {
    operationId: 'changeMyPassword',
    summary: 'Change my password',
    description: 'Ends all my other sessions. API keys stay.',
    tag: 'Authentication',
    permission: 'session.manage',
    rateLimit: 'login',
    idempotency: 'none',
    body: changePasswordBody,
    errors: ['UNAVAILABLE'],
    example: { body: { currentPassword: 'correct horse battery', newPassword: 'staple in the meadow' } },
    handle: async ({ db, actor, body }) => {
      await changePassword({ db, clock }, actor, body)
      return { body: undefined }
    },
  })
}
