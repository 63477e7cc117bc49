import { beforeEach, describe, expect, it } from 'vitest'
import { grants } from '../../../src/kernel/permissions.ts'
import { createApiKey } from '../../../src/modules/identity/create-api-key.ts'
import { principalOf } from '../../../src/modules/identity/index.ts'
import { givenCast, password, useTestApi } from './api.ts'

const api = useTestApi()
let cast: Awaited<ReturnType<typeof givenCast>>
let as: string

beforeEach(async () => {
  cast = await givenCast(api)
  as = await api.signIn(cast.owner)
})

const statusOf = async (token: string) => (await api.call('GET', '/v1/me', { as: token })).status
const logIn = (secret: string) =>
  api.call('POST', '/v1/auth/login', { body: { email: cast.owner.user.email, password: secret } })

describe('GET /v1/me', () => {
  it('says who acts, for whom, and what it may do', async () => {
    const { status, body } = await api.call('GET', '/v1/me', { as })
    expect(status).toBe(200)
    expect(body.user.id).toBe(cast.owner.user.id)
    expect(body.organisation).toMatchObject({ id: cast.owner.organisation.id, view: 'full' })
    expect([body.role, body.permissions.sort()]).toEqual(['owner', [...new Set(grants.owner)].sort()])
    expect((await api.call('GET', '/v1/me')).status).toBe(401)
    expect((await api.call('GET', '/v1/me?verbose=1', { as })).status).toBe(400)
  })
})

describe('/v1/me/sessions', () => {
  it('lists the open sessions, newest first, and marks the present one', async () => {
    const second = await api.signIn(cast.owner)
    const { body } = await api.call('GET', '/v1/me/sessions', { as: second })
    expect(body.data.map(({ isCurrent }: { isCurrent: boolean }) => isCurrent)).toEqual([true, false])
    expect((await api.call('GET', '/v1/me/sessions')).status).toBe(401)
    api.clock.advance('12h')
    const later = await api.call('GET', '/v1/me/sessions', { as: await api.signIn(cast.owner) })
    expect(later.body.data).toHaveLength(1)
  })

  it('ends a session of the user within a second, and never that of another', async () => {
    const second = await api.signIn(cast.owner)
    const [session] = (await api.call('GET', '/v1/me/sessions', { as: second })).body.data
    const url = `/v1/me/sessions/${session.id}`
    expect((await api.call('DELETE', url, { as: await api.signIn(cast.stranger) })).status).toBe(404)
    expect((await api.call('DELETE', url)).status).toBe(401)
    expect((await api.call('DELETE', '/v1/me/sessions/usr_1', { as })).status).toBe(400)
    expect((await api.call('DELETE', url, { as })).status).toBe(204)
    api.clock.advance('1s')
    expect([await statusOf(second), await statusOf(as)]).toEqual([401, 200])
    expect((await api.call('DELETE', url, { as })).status).toBe(404)
  })
})

describe('POST /v1/me/password', () => {
  const change = (token: string, currentPassword: string, newPassword = 'another meadow of staples') =>
    api.call('POST', '/v1/me/password', { as: token, body: { currentPassword, newPassword } })

  it('changes it and ends all other sessions, not the present one', async () => {
    const second = await api.signIn(cast.owner)
    expect((await change(as, password)).status).toBe(204)
    api.clock.advance('1s')
    expect([await statusOf(as), await statusOf(second)]).toEqual([200, 401])
    expect((await logIn(password)).status).toBe(401)
    expect((await logIn('another meadow of staples')).status).toBe(200)
    expect(await api.auditOf('user.password_changed')).toMatchObject([{ facts: { revokedSessions: 1 } }])
  })

  it('counts wrong guesses like failed sign-ins', async () => {
    for (let guess = 1; guess <= 5; guess += 1) {
      const { status, body } = await change(as, `guess number ${guess}`)
      expect([status, body.errors[0].pointer]).toEqual([400, '#/currentPassword'])
    }
    expect((await change(as, password)).status).toBe(429)
    expect((await logIn(password)).status).toBe(429)
  })

  it('refuses weak passwords (400), API keys (403) and anonymous callers (401)', async () => {
    const weak = await change(as, password, cast.owner.user.email)
    expect(weak.body.errors).toMatchObject([{ pointer: '#/newPassword', code: 'equals_email' }])
    const input = { name: 'sync', scopes: ['session.manage' as const] }
    const { text } = await createApiKey(api.deps, principalOf(cast.owner), input)
    expect((await change(text, password)).status).toBe(403)
    const body = { currentPassword: password, newPassword: 'another meadow of staples' }
    expect((await api.call('POST', '/v1/me/password', { body })).status).toBe(401)
  })
})
