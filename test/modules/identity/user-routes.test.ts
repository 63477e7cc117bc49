import { beforeEach, describe, expect, it } from 'vitest'
import { createApiKey } from '../../../src/modules/identity/create-api-key.ts'
import {
  type Account,
  listBrokersOfMarkets,
  listUserIdsOfOrganisation,
  principalOf,
  registerOrganisation,
} from '../../../src/modules/identity/index.ts'
import { aRegistration, givenCast, givenUser, password, useTestApi } from './api.ts'

const api = useTestApi()
let cast: Awaited<ReturnType<typeof givenCast>>

beforeEach(async () => {
  cast = await givenCast(api)
})

const urlOf = ({ organisation }: Account) => `/v1/organisations/${organisation.id}/users`
const aUser = (role: string) => ({ ...aRegistration().user, role })
const add = async (by: Account, to: Account, role: string) =>
  api.call('POST', urlOf(to), { as: await api.signIn(by), body: aUser(role) })

describe('POST /v1/organisations/{id}/users', () => {
  it('adds a colleague who can sign in', async () => {
    const body = aUser('member')
    const added = await api.call('POST', urlOf(cast.owner), { as: await api.signIn(cast.owner), body })
    expect([added.status, added.body.role]).toEqual([201, 'member'])
    const signIn = await api.call('POST', '/v1/auth/login', { body: { email: body.email, password } })
    expect(signIn.status).toBe(200)
    expect(await api.auditOf('user.created')).toContainEqual(
      expect.objectContaining({ object_id: added.body.id, facts: expect.objectContaining({ role: 'member' }) }),
    )
  })

  it('lets an operator appoint brokers to a broker firm and to its own organisation', async () => {
    const firm = await registerOrganisation(api.deps, aRegistration({ kind: 'broker_firm' }))
    const broker = await add(cast.operator, firm, 'broker')
    const own = await add(cast.operator, cast.operator, 'broker')
    expect([broker.status, own.status]).toEqual([201, 201])
    const brokers = await listBrokersOfMarkets(api.db, ['ningbo', 'ningbo-beilun'])
    expect(brokers.map(({ userId, market }) => [userId, market])).toEqual([
      [broker.body.id, 'ningbo-beilun'],
      [own.body.id, 'ningbo'],
    ])
    expect(await listBrokersOfMarkets(api.db, ['jiangsu'])).toEqual([])
  })

  it.each([
    ['owner', 'owner', 'broker', 403],
    ['owner', 'owner', 'operator', 403],
    ['operator', 'owner', 'broker', 403],
    ['operator', 'owner', 'owner', 403],
    ['stranger', 'owner', 'broker', 404],
    ['owner', 'operator', 'operator', 404],
  ] as const)('refuses the %s to add to the organisation of the %s a user as %s (%i)', async (by, to, role, status) => {
    expect((await add(cast[by], cast[to], role)).status).toBe(status)
  })

  it('is refused to members and to API keys of owners', async () => {
    const member = await givenUser(api, cast.owner, 'member')
    expect((await add(member, cast.owner, 'member')).status).toBe(403)
    const scopes = ['organisation.update'] as const
    const { text } = await createApiKey(api.deps, principalOf(cast.owner), { name: 'sync', scopes: [...scopes] })
    expect((await api.call('POST', urlOf(cast.owner), { as: text, body: aUser('owner') })).status).toBe(403)
  })

  it('refuses taken e-mails (409), weak passwords (400), missing sign-in (401)', async () => {
    const as = await api.signIn(cast.owner)
    const taken = { ...aUser('member'), email: cast.stranger.user.email }
    expect((await api.call('POST', urlOf(cast.owner), { as, body: taken })).body.code).toBe('EMAIL_TAKEN')
    const weak = { ...aUser('member'), password: 'password123' }
    const refused = await api.call('POST', urlOf(cast.owner), { as, body: weak })
    expect(refused.body.errors).toMatchObject([{ pointer: '#/password', code: 'too_common' }])
    expect((await api.call('POST', urlOf(cast.owner), { body: aUser('member') })).status).toBe(401)
  })

  it('adds one user under one Idempotency-Key', async () => {
    const as = await api.signIn(cast.owner)
    const options = { as, body: aUser('member'), headers: { 'idempotency-key': 'add-user-000000001' } }
    const first = await api.call('POST', urlOf(cast.owner), options)
    const again = await api.call('POST', urlOf(cast.owner), options)
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body])
  })
})

describe('GET /v1/organisations/{id}/users', () => {
  it('is for colleagues and the operator of the market; nobody else learns of them', async () => {
    const member = await givenUser(api, cast.owner, 'member')
    for (const who of [member, cast.operator]) {
      const { status, body } = await api.call('GET', urlOf(cast.owner), { as: await api.signIn(who) })
      expect(status).toBe(200)
      expect(body.data.map(({ id }: { id: string }) => id)).toEqual([cast.owner.user.id, member.user.id])
      expect(JSON.stringify(body)).not.toContain('argon2')
    }
    const stranger = await api.call('GET', urlOf(cast.owner), { as: await api.signIn(cast.stranger) })
    expect(stranger.status).toBe(404)
    expect((await api.call('GET', urlOf(cast.owner))).status).toBe(401)
  })

  it('gives other modules the users who can still sign in', async () => {
    const member = await givenUser(api, cast.owner, 'member')
    const { id } = cast.owner.organisation
    expect(await listUserIdsOfOrganisation(api.db, id)).toEqual([cast.owner.user.id, member.user.id])
    await api.pool.query('update users set is_disabled = true where email = $1', [member.user.email])
    expect(await listUserIdsOfOrganisation(api.db, id)).toEqual([cast.owner.user.id])
  })
})
