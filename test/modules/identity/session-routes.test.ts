import { beforeEach, describe, expect, it } from 'vitest'
import { createApiKey } from '../../../src/modules/identity/create-api-key.ts'
import { principalOf } from '../../../src/modules/identity/index.ts'
import { givenCast, password, useTestApi } from './api.ts'

const api = useTestApi()
let cast: Awaited<ReturnType<typeof givenCast>>

beforeEach(async () => {
  cast = await givenCast(api)
})

const logIn = (body: object) => api.call('POST', '/v1/auth/login', { body })
const logOut = (as?: string) => api.call('POST', '/v1/auth/logout', as ? { as } : {})

describe('POST /v1/auth/login', () => {
  it('answers with tokens and their lifetimes, not to be stored by anybody on the way', async () => {
    const { status, headers, body } = await logIn({ email: cast.owner.user.email, password })
    expect(status).toBe(200)
    expect(body).toEqual({
      accessToken: expect.stringMatching(/^ttm_access_[\w-]{43}$/),
      tokenType: 'Bearer',
      expiresIn: 900,
      refreshToken: expect.stringMatching(/^ttm_refresh_[\w-]{43}$/),
      refreshExpiresIn: 43_200,
    })
    expect(headers['cache-control']).toContain('no-store')
    expect(headers['ratelimit-policy']).toContain('"login"')
  })

  it('refuses wrong bodies and wrong passwords', async () => {
    expect((await logIn({ email: 'nobody', password })).status).toBe(400)
    expect((await logIn({ email: cast.owner.user.email })).status).toBe(400)
    const wrong = await logIn({ email: cast.owner.user.email, password: 'wrong' })
    expect([wrong.status, wrong.body.code]).toEqual([401, 'INVALID_CREDENTIALS'])
  })
})

describe('POST /v1/auth/refresh', () => {
  it('refuses unknown tokens (401) and wrong bodies (400)', async () => {
    const refresh = (body: object) => api.call('POST', '/v1/auth/refresh', { body })
    expect((await refresh({ refreshToken: `ttm_refresh_${'x'.repeat(43)}` })).body.code).toBe('UNAUTHENTICATED')
    expect((await refresh({ refreshToken: 5 })).status).toBe(400)
  })
})

describe('POST /v1/auth/logout', () => {
  it('ends the session with both its tokens', async () => {
    const { body } = await logIn({ email: cast.owner.user.email, password })
    expect((await logOut(body.accessToken)).status).toBe(204)
    api.clock.advance('1s')
    expect((await api.call('GET', '/v1/me', { as: body.accessToken })).status).toBe(401)
    const refreshed = await api.call('POST', '/v1/auth/refresh', { body: { refreshToken: body.refreshToken } })
    expect(refreshed.body.code).toBe('UNAUTHENTICATED')
  })

  it('is refused without a session: anonymous callers 401, API keys 403', async () => {
    const input = { name: 'sync', scopes: ['session.manage' as const] }
    const { text } = await createApiKey(api.deps, principalOf(cast.owner), input)
    expect([(await logOut()).status, (await logOut(text)).status]).toEqual([401, 403])
  })
})
