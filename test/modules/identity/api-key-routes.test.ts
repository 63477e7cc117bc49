import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { givenCast, givenUser, useTestApi } from './api.ts'

const api = useTestApi()
let cast: Awaited<ReturnType<typeof givenCast>>
let as: string

beforeEach(async () => {
  cast = await givenCast(api)
  as = await api.signIn(cast.owner)
})

const create = (token: string, body: object, key: string = randomUUID()) =>
  api.call('POST', '/v1/api-keys', { as: token, body, headers: { 'idempotency-key': key } })
const sync = { name: 'sync', scopes: ['listing.read', 'profile.read'] }

describe('POST /v1/api-keys', () => {
  it('shows a key once that acts within its scopes', async () => {
    const { status, body } = await create(as, sync)
    expect([status, body.scopes]).toEqual([201, sync.scopes])
    expect(body.key).toMatch(/^ttm_live_[0-9a-z]{26}_[\w-]{43}$/)
    const me = await api.call('GET', '/v1/me', { as: body.key })
    expect([me.status, me.body.permissions.sort()]).toEqual([200, [...sync.scopes].sort()])
    const beyond = await api.call('GET', '/v1/api-keys', { as: body.key })
    expect([beyond.status, beyond.body.code]).toEqual([403, 'FORBIDDEN'])
    const list = await api.call('GET', '/v1/api-keys', { as })
    expect(JSON.stringify(list.body)).not.toContain(body.key.slice(-43))
    const { rows } = await api.pool.query('select k::text as text from api_keys k')
    expect(rows[0].text).not.toContain(body.key.slice(-43))
  })

  it('asks for an Idempotency-Key and replays the same key under it', async () => {
    expect((await api.call('POST', '/v1/api-keys', { as, body: sync })).body.code).toBe('IDEMPOTENCY_KEY_REQUIRED')
    const first = await create(as, sync, 'replayed-key-000001')
    const again = await create(as, sync, 'replayed-key-000001')
    expect(again.body).toEqual(first.body)
    expect((await api.call('GET', '/v1/api-keys', { as })).body.data).toHaveLength(1)
    const { rows } = await api.pool.query<{ body: Buffer }>('select body from idempotency_keys')
    expect(rows[0]?.body.toString('latin1')).not.toContain(first.body.key)
  })

  it('grants nothing that its creator lacks, be it a user or another key', async () => {
    const greedy = await create(as, { ...sync, scopes: ['listing.read', 'organisation.verify'] })
    expect([greedy.status, greedy.body.errors[0].pointer]).toEqual([400, '#/scopes/1'])
    const parent = await create(as, { name: 'parent', scopes: ['api_key.manage', 'listing.read'] })
    expect((await create(parent.body.key, { name: 'child', scopes: ['listing.read'] })).status).toBe(201)
    expect((await create(parent.body.key, { name: 'child', scopes: ['listing.create'] })).status).toBe(400)
  })

  it('refuses wrong bodies (400), members (403) and anonymous callers (401)', async () => {
    expect((await create(as, { ...sync, scopes: [] })).status).toBe(400)
    expect((await create(as, { ...sync, scopes: ['listing.read', 'listing.read'] })).status).toBe(400)
    expect((await create(as, { ...sync, scopes: ['world.rule'] })).status).toBe(400)
    expect((await create(as, { ...sync, expiresAt: '2020-01-01T00:00:00Z' })).status).toBe(400)
    const member = await givenUser(api, cast.owner, 'member')
    expect((await create(await api.signIn(member), sync)).status).toBe(403)
    expect((await api.call('POST', '/v1/api-keys', { body: sync })).status).toBe(401)
  })
})

describe('GET and DELETE /v1/api-keys', () => {
  it('end a key within a second, for the own organisation alone', async () => {
    const { body } = await create(as, sync)
    const url = `/v1/api-keys/${body.id}`
    expect((await api.call('GET', '/v1/me', { as: body.key })).status).toBe(200)
    const stranger = await api.signIn(cast.stranger)
    expect((await api.call('GET', '/v1/api-keys', { as: stranger })).body.data).toEqual([])
    expect((await api.call('DELETE', url, { as: stranger })).status).toBe(404)
    expect((await api.call('DELETE', url)).status).toBe(401)
    expect((await api.call('DELETE', url, { as })).status).toBe(204)
    api.clock.advance('1s')
    expect((await api.call('GET', '/v1/me', { as: body.key })).status).toBe(401)
    expect((await api.call('DELETE', url, { as })).status).toBe(404)
    expect((await api.call('GET', '/v1/api-keys', { as })).body.data).toEqual([])
    expect([await api.auditOf('api_key.created'), await api.auditOf('api_key.revoked')].flat()).toHaveLength(2)
  })
})
