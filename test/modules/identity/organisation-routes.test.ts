import { beforeEach, describe, expect, it } from 'vitest'
import { type Account, registerOrganisation } from '../../../src/modules/identity/index.ts'
import { aRegistration, givenCast, givenUser, givenVerified, password, useTestApi } from './api.ts'

const api = useTestApi()
let cast: Awaited<ReturnType<typeof givenCast>>

beforeEach(async () => {
  cast = await givenCast(api)
})

const register = (body: object, headers = {}) => api.call('POST', '/v1/organisations', { body, headers })
const urlOf = ({ organisation }: Account) => `/v1/organisations/${organisation.id}`
const pointersOf = (body: { errors?: { pointer: string }[] }) => body.errors?.map(({ pointer }) => pointer)

describe('POST /v1/organisations', () => {
  it('registers a pending organisation whose first user, an owner, can sign in', async () => {
    const input = aRegistration({ region: '330206' })
    const { status, headers, body } = await register(input)
    expect(status).toBe(201)
    expect(body).toMatchObject({ verification: 'pending', verifiedAt: null, uscc: input.uscc, view: 'full' })
    expect(body.user).toMatchObject({ role: 'owner', email: input.user.email, organisationId: body.id })
    expect([headers.location, headers.etag]).toEqual([`/v1/organisations/${body.id}`, '"v1"'])
    expect(JSON.stringify(body)).not.toContain('assword')
    expect((await api.call('POST', '/v1/auth/login', { body: { email: input.user.email, password } })).status).toBe(200)
  })

  it.each(['market_operator', 'broker_firm'] as const)(
    'makes only an owner of whoever registers a %s',
    async (kind) => {
      const { status, body } = await register(aRegistration({ kind }))
      expect([status, body.user.role, body.verification]).toEqual([201, 'owner', 'pending'])
    },
  )

  it('refuses a role or a verification that the caller wishes for', async () => {
    const input = aRegistration()
    const { status, body } = await register({
      ...input,
      verification: 'verified',
      user: { ...input.user, role: 'operator' },
    })
    expect(status).toBe(400)
    expect(pointersOf(body)).toEqual(expect.arrayContaining(['#/verification', '#/user/role']))
  })

  it('names all wrong fields at once', async () => {
    const input = aRegistration({ uscc: '913302060000000861', kind: 'circus' as 'enterprise' })
    const { status, body } = await register({ ...input, user: { ...input.user, email: 'nobody' } })
    expect(status).toBe(400)
    expect(pointersOf(body)).toEqual(['#/kind', '#/uscc', '#/user/email'])
  })

  it.each([
    [{ market: 'atlantis' }, '#/market'],
    [{ region: '990000' }, '#/region'],
  ])('refuses the unknown code %j', async (change, pointer) => {
    const { status, body } = await register(aRegistration(change))
    expect([status, pointersOf(body)]).toEqual([400, [pointer]])
  })

  it.each(['1qaz2wsx', 'aaaaaaaaaa', 'short'])('refuses the password %s without repeating it', async (weak) => {
    const input = aRegistration()
    const { status, body } = await register({ ...input, user: { ...input.user, password: weak } })
    expect([status, pointersOf(body)]).toEqual([400, ['#/user/password']])
    expect(JSON.stringify(body)).not.toContain(weak)
  })

  it('refuses a credit code or e-mail that is taken, in any spelling, and stores nothing of it', async () => {
    const first = aRegistration()
    await register(first)
    const code = await register(aRegistration({ uscc: first.uscc.toLowerCase() }))
    expect([code.status, code.body.code]).toEqual([409, 'USCC_TAKEN'])
    const user = { ...first.user, email: first.user.email.toUpperCase() }
    const email = await register(aRegistration({ user }))
    expect([email.status, email.body.code]).toEqual([409, 'EMAIL_TAKEN'])
    const { rows } = await api.pool.query('select count(*) as n from organisations')
    expect(rows[0].n).toBe(4)
  })

  it('lets one of twenty equal registrations through', async () => {
    const input = aRegistration()
    const answers = await Promise.all(Array.from({ length: 20 }, () => register(input)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(19).fill(409)])
  })

  it('replays its answer under the same Idempotency-Key', async () => {
    const input = aRegistration()
    const headers = { 'idempotency-key': 'registration-0001' }
    const first = await register(input, headers)
    const again = await register(input, headers)
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(again.body).toEqual(first.body)
  })
})

describe('GET /v1/organisations/{id}', () => {
  it.each(['owner', 'operator'] as const)('shows the %s all fields', async (who) => {
    const { status, headers, body } = await api.call('GET', urlOf(cast.owner), { as: await api.signIn(cast[who]) })
    expect([status, headers.etag, body.view]).toEqual([200, '"v1"', 'full'])
    expect(body.uscc).toBe(cast.owner.organisation.uscc)
  })

  it('shows others the public profile, as another representation', async () => {
    const { headers, body } = await api.call('GET', urlOf(cast.owner), { as: await api.signIn(cast.stranger) })
    expect(headers.etag).toBe('"v1.member"')
    expect(Object.keys(body).sort()).toEqual(
      ['id', 'kind', 'name', 'shortName', 'market', 'region', 'introduction', 'verification', 'view'].sort(),
    )
  })

  it('answers 304 to who has it, 401 without sign-in, 400 and 404 for wrong ids', async () => {
    const as = await api.signIn(cast.owner)
    const same = await api.call('GET', urlOf(cast.owner), { as, headers: { 'if-none-match': '"v1"' } })
    expect(same.status).toBe(304)
    expect((await api.call('GET', urlOf(cast.owner))).status).toBe(401)
    expect((await api.call('GET', '/v1/organisations/1', { as })).status).toBe(400)
    expect((await api.call('GET', '/v1/organisations/org_01jnbq2v3wfq8t6m4k9x5z7a1c', { as })).status).toBe(404)
  })
})

describe('PATCH /v1/organisations/{id}', () => {
  const patch = (as: string, body: object, ifMatch = '"v1"') =>
    api.call('PATCH', urlOf(cast.owner), { as, body, headers: { 'if-match': ifMatch } })

  it('changes what it names and nothing else', async () => {
    const as = await api.signIn(cast.owner)
    const { status, headers, body } = await patch(as, { introduction: '压铸', region: null })
    expect([status, headers.etag]).toEqual([200, '"v2"'])
    expect(body).toMatchObject({ introduction: '压铸', region: null, name: cast.owner.organisation.name, version: 2 })
  })

  it('lets one of twenty changes of the same version through', async () => {
    const as = await api.signIn(cast.owner)
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => patch(as, { shortName: `企业${n}` })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const refused = answers.filter(({ status }) => status === 412)
    expect(refused).toHaveLength(19)
    expect(new Set(refused.map(({ headers }) => headers.etag))).toEqual(new Set(['"v2"']))
  })

  it('asks for If-Match and refuses fields that are not for the owner', async () => {
    const as = await api.signIn(cast.owner)
    expect((await api.call('PATCH', urlOf(cast.owner), { as, body: {} })).status).toBe(428)
    expect((await patch(as, { uscc: aRegistration().uscc })).status).toBe(400)
    expect((await patch(as, { verification: 'verified' })).status).toBe(400)
  })

  it('is refused to members (403), operators (403), strangers (404) and anonymous callers (401)', async () => {
    const member = await givenUser(api, cast.owner, 'member')
    expect((await patch(await api.signIn(member), {})).status).toBe(403)
    expect((await patch(await api.signIn(cast.operator), {})).status).toBe(403)
    expect((await patch(await api.signIn(cast.stranger), {})).status).toBe(404)
    expect((await api.call('PATCH', urlOf(cast.owner), { body: {}, headers: { 'if-match': '"v1"' } })).status).toBe(401)
  })

  it('sends a verified organisation with a new name back to its operator, and says so', async () => {
    await givenVerified(api, cast.operator, cast.owner)
    const as = await api.signIn(cast.owner)
    expect((await patch(as, { shortName: '新' }, '"v2"')).body.verification).toBe('verified')
    expect((await patch(as, { name: '新名称有限公司' }, '"v3"')).body.verification).toBe('pending')
    const events = await api.eventsOf('organisation.verification_changed')
    expect(events.map(({ data }) => (data as { verification: string }).verification)).toEqual(['verified', 'pending'])
  })
})

describe('POST /v1/organisations/{id}/verification', () => {
  const decide = async (by: Account, decision: string, of = cast.owner) =>
    api.call('POST', `${urlOf(of)}/verification`, { as: await api.signIn(by), body: { decision, note: '材料齐全' } })

  it('verifies, with an audit row of codes and one event', async () => {
    const { status, body } = await decide(cast.operator, 'verify')
    expect([status, body.verification, body.verificationNote, body.version]).toEqual([200, 'verified', '材料齐全', 2])
    expect(body.verifiedAt).toBe(api.clock.now().toISOString())
    const [audit] = await api.auditOf('organisation.verification_changed')
    expect(audit).toMatchObject({
      object_id: cast.owner.organisation.id,
      facts: { decision: 'verify', from: 'pending', to: 'verified' },
    })
    expect(await api.eventsOf('organisation.verification_changed')).toMatchObject([
      { version: 1, data: { organisationId: cast.owner.organisation.id, verification: 'verified' } },
    ])
  })

  it('locks a suspended organisation out within a second and lets it in again', async () => {
    const as = await api.signIn(cast.owner)
    await decide(cast.operator, 'suspend')
    api.clock.advance('1s')
    expect((await api.call('GET', '/v1/me', { as })).status).toBe(401)
    await decide(cast.operator, 'reinstate')
    expect((await api.call('GET', '/v1/me', { as })).status).toBe(200)
  })

  it('refuses what the state does not allow, naming what it does', async () => {
    const { status, body } = await decide(cast.operator, 'reinstate')
    expect([status, body.code]).toEqual([409, 'TRANSITION_NOT_ALLOWED'])
    expect(body.allowedActions).toEqual(['verify', 'reject', 'suspend'])
  })

  it('is refused to owners (403), to operators of other markets (404) and for the own organisation (409)', async () => {
    expect((await decide(cast.owner, 'verify')).status).toBe(403)
    expect((await decide(cast.stranger, 'verify')).body.code).toBe('NOT_FOUND')
    expect((await decide(cast.operator, 'suspend', cast.operator)).body.code).toBe('CONFLICT_OF_INTEREST')
  })

  it('refuses unknown decisions (400) and callers who did not sign in (401)', async () => {
    expect((await decide(cast.operator, 'bless')).status).toBe(400)
    const anonymous = await api.call('POST', `${urlOf(cast.owner)}/verification`, { body: { decision: 'verify' } })
    expect(anonymous.status).toBe(401)
  })

  it('is done once under one Idempotency-Key', async () => {
    const as = await api.signIn(cast.operator)
    const options = { as, body: { decision: 'verify' }, headers: { 'idempotency-key': 'verification-0001' } }
    const first = await api.call('POST', `${urlOf(cast.owner)}/verification`, options)
    const again = await api.call('POST', `${urlOf(cast.owner)}/verification`, options)
    expect([again.status, again.body]).toEqual([200, first.body])
    expect(await api.eventsOf('organisation.verification_changed')).toHaveLength(1)
  })
})

describe('GET /v1/organisations', () => {
  it('pages through the market tree of the operator, oldest first', async () => {
    for (let n = 0; n < 4; n += 1) await registerOrganisation(api.deps, aRegistration())
    await registerOrganisation(api.deps, aRegistration({ market: 'jiangsu' }))
    const as = await api.signIn(cast.operator)
    const seen: string[] = []
    let cursor = ''
    do {
      const { body } = await api.call('GET', `/v1/organisations?limit=2&verification=pending${cursor}`, { as })
      seen.push(...body.data.map(({ id }: { id: string }) => id))
      cursor = body.page.nextCursor === null ? '' : `&cursor=${body.page.nextCursor}`
    } while (cursor !== '')
    expect(seen).toHaveLength(5)
    expect(seen).toEqual([...new Set(seen)].sort())
    const all = await api.call('GET', '/v1/organisations', { as })
    expect(all.body.data).toHaveLength(6)
  })

  it('is refused to others: 403 signed in, 401 not', async () => {
    expect((await api.call('GET', '/v1/organisations', { as: await api.signIn(cast.owner) })).status).toBe(403)
    expect((await api.call('GET', '/v1/organisations')).status).toBe(401)
    const as = await api.signIn(cast.operator)
    expect((await api.call('GET', '/v1/organisations?verification=maybe', { as })).status).toBe(400)
  })
})
