import { beforeEach, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../src/kernel/principal.ts'
import { createApiKey } from '../../../src/modules/identity/create-api-key.ts'
import { type Account, authenticate, principalOf } from '../../../src/modules/identity/index.ts'
import { givenCast, useTestApi } from './api.ts'

const api = useTestApi()
let owner: Account
let token: string
let whoIs: (token: string) => Promise<Viewer | undefined>

beforeEach(async () => {
  owner = (await givenCast(api)).owner
  token = await api.signIn(owner)
  whoIs = authenticate(api.deps)
})

const keyOf = (expiresAt?: string) =>
  createApiKey(api.deps, principalOf(owner), { name: 'sync', scopes: ['listing.read'], expiresAt })

describe('an access token', () => {
  it('is its user, in its organisation, with its session', async () => {
    expect(await whoIs(token)).toEqual({ ...principalOf(owner), sessionId: expect.stringMatching(/^ses_/) })
  })

  it('ends after 15 minutes without use', async () => {
    api.clock.advance('15m')
    expect(await whoIs(token)).toBeUndefined()
  })

  it('lives on while it is used, but never longer than twelve hours', async () => {
    for (let quarter = 1; quarter < 72; quarter += 1) {
      api.clock.advance('10m')
      expect(await whoIs(token), `after ${quarter * 10} minutes`).toBeDefined()
    }
    api.clock.advance('10m')
    expect(await whoIs(token)).toBeUndefined()
  })

  it('notes its use at most once a minute', async () => {
    const usedAt = async () =>
      (await api.pool.query('select last_used_at from sessions')).rows[0].last_used_at.getTime()
    const issuedAt = await usedAt()
    api.clock.advance('59s')
    await whoIs(token)
    expect(await usedAt()).toBe(issuedAt)
    api.clock.advance('2s')
    await whoIs(token)
    expect(await usedAt()).toBe(issuedAt + 61_000)
  })

  it.each([
    ['a revoked session', 'update sessions set revoked_at = now()'],
    ['a disabled user', 'update users set is_disabled = true'],
    ['a suspended organisation', `update organisations set verification = 'suspended'`],
  ])('is nobody within a second of %s', async (_name, statement) => {
    expect(await whoIs(token)).toBeDefined()
    await api.pool.query(statement)
    api.clock.advance(999)
    expect(await whoIs(token)).toBeDefined()
    api.clock.advance(1)
    expect(await whoIs(token)).toBeUndefined()
  })

  it('costs one look-up a second', async () => {
    await whoIs(token)
    await api.pool.query('update sessions set revoked_at = now()')
    expect(await whoIs(token)).toBeDefined()
    expect(await authenticate(api.deps)(token)).toBeUndefined()
  })
})

describe('an API key', () => {
  it('is its creator, limited to its scopes, without a session', async () => {
    const apiKeyId = expect.stringMatching(/^key_/)
    expect(await whoIs((await keyOf()).text)).toEqual({ ...principalOf(owner), scopes: ['listing.read'], apiKeyId })
  })

  it('with another secret is nobody', async () => {
    const { text } = await keyOf()
    expect(await whoIs(`${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`)).toBeUndefined()
  })

  it('ends at its time, even within the second', async () => {
    const { text } = await keyOf(new Date(api.clock.now().getTime() + 500).toISOString())
    expect(await whoIs(text)).toBeDefined()
    api.clock.advance(500)
    expect(await whoIs(text)).toBeUndefined()
  })

  it('notes its use at most once a minute', async () => {
    const { text } = await keyOf()
    const usedAt = async () => (await api.pool.query('select last_used_at from api_keys')).rows[0].last_used_at
    await whoIs(text)
    const first = await usedAt()
    api.clock.advance('59s')
    await whoIs(text)
    expect(await usedAt()).toEqual(first)
    api.clock.advance('1s')
    await whoIs(text)
    expect(await usedAt()).not.toEqual(first)
  })

  it('of a disabled creator or suspended organisation is nobody', async () => {
    const { text } = await keyOf()
    await api.pool.query('update users set is_disabled = true')
    expect(await whoIs(text)).toBeUndefined()
    await api.pool.query('update users set is_disabled = false')
    await api.pool.query(`update organisations set verification = 'suspended'`)
    expect(await whoIs(text)).toBeUndefined()
  })
})
