import { beforeEach, describe, expect, it } from 'vitest'
import type { Account } from '../../../src/modules/identity/index.ts'
import { givenCast, password, useTestApi } from './api.ts'

const api = useTestApi()
let owner: Account

beforeEach(async () => {
  owner = (await givenCast(api)).owner
})

const logIn = async () =>
  (await api.call('POST', '/v1/auth/login', { body: { email: owner.user.email, password } })).body
const refresh = (refreshToken: string) => api.call('POST', '/v1/auth/refresh', { body: { refreshToken } })
const statusOf = async (accessToken: string) => (await api.call('GET', '/v1/me', { as: accessToken })).status

describe('a refresh token', () => {
  it('is good for a new pair; the old access token ends within a second', async () => {
    const first = await logIn()
    expect(await statusOf(first.accessToken)).toBe(200)
    const { status, body } = await refresh(first.refreshToken)
    expect(status).toBe(200)
    expect(await statusOf(body.accessToken)).toBe(200)
    api.clock.advance('1s')
    expect(await statusOf(first.accessToken)).toBe(401)
    expect((await refresh(body.refreshToken)).status).toBe(200)
  })

  it('used twice ends the whole session, stays refused, and is announced once', async () => {
    const first = await logIn()
    const second = (await refresh(first.refreshToken)).body
    const reuse = await refresh(first.refreshToken)
    expect([reuse.status, reuse.body.code]).toEqual([401, 'REFRESH_TOKEN_REUSED'])
    expect(await statusOf(second.accessToken)).toBe(401)
    expect((await refresh(second.refreshToken)).body.code).toBe('UNAUTHENTICATED')
    expect((await refresh(first.refreshToken)).body.code).toBe('REFRESH_TOKEN_REUSED')
    const events = await api.eventsOf('session.reuse_detected')
    expect(events.map(({ data }) => data)).toEqual([{ sessionId: expect.any(String), userId: owner.user.id }])
    expect(await api.auditOf('session.reuse_detected')).toHaveLength(1)
  })

  it('sent fifty times at once succeeds once; the session is then over for everybody', async () => {
    const { refreshToken } = await logIn()
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(refreshToken)))
    const winners = answers.filter(({ status }) => status === 200)
    expect(winners).toHaveLength(1)
    const losers = answers.filter(({ body }) => body.code === 'REFRESH_TOKEN_REUSED')
    expect(losers).toHaveLength(49)
    expect(await statusOf(winners[0]?.body.accessToken)).toBe(401)
    expect(await api.eventsOf('session.reuse_detected')).toHaveLength(1)
  })

  it('leaves other sessions of the user alone when it is copied', async () => {
    const copied = await logIn()
    const other = await logIn()
    await refresh(copied.refreshToken)
    await refresh(copied.refreshToken)
    expect(await statusOf(other.accessToken)).toBe(200)
  })

  it('ends twelve hours after the sign-in, however often it was renewed', async () => {
    let { refreshToken } = await logIn()
    for (let hour = 1; hour <= 11; hour += 1) {
      api.clock.advance('1h')
      const { body } = await refresh(refreshToken)
      expect(body.refreshExpiresIn).toBe((12 - hour) * 3_600)
      refreshToken = body.refreshToken
    }
    api.clock.advance('1h')
    const late = await refresh(refreshToken)
    expect([late.status, late.body.code]).toEqual([401, 'UNAUTHENTICATED'])
  })

  it('of a disabled user or suspended organisation is refused without being spent', async () => {
    const { refreshToken } = await logIn()
    await api.pool.query('update users set is_disabled = true')
    expect((await refresh(refreshToken)).body.code).toBe('UNAUTHENTICATED')
    await api.pool.query(`update users set is_disabled = false`)
    await api.pool.query(`update organisations set verification = 'suspended'`)
    expect((await refresh(refreshToken)).body.code).toBe('UNAUTHENTICATED')
    await api.pool.query(`update organisations set verification = 'pending'`)
    expect((await refresh(refreshToken)).status).toBe(200)
  })

  it('is no access token, and an access token is no refresh token', async () => {
    const { accessToken, refreshToken } = await logIn()
    expect(await statusOf(refreshToken)).toBe(401)
    expect((await refresh(accessToken)).body.code).toBe('UNAUTHENTICATED')
  })
})
