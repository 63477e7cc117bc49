import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { logInBody, refreshSessionBody, tokensResponse } from './auth-schemas.ts'
import { exampleNewUser, exampleTokens } from './examples.ts'
import { logIn } from './log-in.ts'
import { toTokensResponse } from './present.ts'
import { refreshSession } from './refresh-session.ts'
import { revokeSession } from './revoke-session.ts'

/** Signing in, staying in and leaving. None of them is replayed: tokens would be stored, and passwords hashed fast. */
export function sessionRoutes(api: Api, { clock }: { clock: Clock }): void {
  api.post('/v1/auth/login', {
    operationId: 'logIn',
    summary: 'Sign in with e-mail and password',
    description:
      'From the fifth wrong password in a row the account answers 429 for a growing while, 15 minutes at most; whether ' +
      'the account exists makes no difference. A user who signs in on a new device is told of it.',
    tag: 'Authentication',
    permission: 'session.create',
    rateLimit: 'login',
    idempotency: 'none',
    body: logInBody,
    response: tokensResponse,
    errors: ['INVALID_CREDENTIALS', 'RATE_LIMITED', 'UNAVAILABLE'],
    example: {
      body: { email: exampleNewUser.email, password: exampleNewUser.password },
      response: exampleTokens,
    },
    handle: async ({ db, body, userAgent }) => ({
      body: toTokensResponse(await logIn({ db, clock }, { ...body, userAgent })),
    }),
  })

  api.post('/v1/auth/refresh', {
    operationId: 'refreshSession',
    summary: 'Exchange a refresh token for new tokens',
    description:
      'A refresh token is good once. When one comes a second time it was copied, so the whole session ends: send ' +
      'refreshes one after the other.',
    tag: 'Authentication',
    permission: 'session.create',
    idempotency: 'none',
    body: refreshSessionBody,
    response: tokensResponse,
    errors: ['REFRESH_TOKEN_REUSED'],
    example: { body: { refreshToken: exampleTokens.refreshToken }, response: exampleTokens },
    handle: async ({ db, body }) => ({
      body: toTokensResponse(await refreshSession({ db, clock }, body.refreshToken)),
    }),
  })

  api.post('/v1/auth/logout', {
    operationId: 'logOut',
    summary: 'End the present session',
    description: 'Its access and refresh tokens stop working within a second.',
    tag: 'Authentication',
    permission: 'session.manage',
    idempotency: 'none',
    example: {},
    handle: async ({ db, actor }) => {
      await revokeSession({ db, clock }, actor)
      return { body: undefined }
    },
  })
}
