import { beforeEach, describe, expect, it } from 'vitest'
import type { Account } from '../../../src/modules/identity/index.ts'
import { givenCast, useTestApi } from './api.ts'

const api = useTestApi()
let cast: Awaited<ReturnType<typeof givenCast>>
let tokens: Record<keyof typeof cast, string>

beforeEach(async () => {
  cast = await givenCast(api)
  tokens = {
    operator: await api.signIn(cast.operator),
    stranger: await api.signIn(cast.stranger),
    owner: await api.signIn(cast.owner),
  }
})

const declaration = {
  type: 'high_tech_enterprise',
  issuer: '宁波市科学技术局',
  certificateNo: 'GR202633100001',
  validFrom: '2023-03-02',
  validTo: '2026-03-02',
}
const urlOf = ({ organisation }: Account) => `/v1/organisations/${organisation.id}/qualifications`
const declare = (as: string, change = {}) =>
  api.call('POST', urlOf(cast.owner), { as, body: { ...declaration, ...change } })
const decide = (as: string, id: string, decision = 'verify') =>
  api.call('POST', `${urlOf(cast.owner)}/${id}/verification`, { as, body: { decision } })
const statesFor = async (as: string) =>
  (await api.call('GET', urlOf(cast.owner), { as })).body.data.map(({ state }: { state: string }) => state)

describe('qualifications', () => {
  it('are declared by the organisation, verified by its operator, and public only then', async () => {
    const { status, body } = await declare(tokens.owner)
    expect([status, body.state, body.certificateNo]).toEqual([201, 'declared', declaration.certificateNo])
    expect(await statesFor(tokens.stranger)).toEqual([])
    expect((await decide(tokens.operator, body.id)).body.state).toBe('verified')
    const { body: shown } = await api.call('GET', urlOf(cast.owner), { as: tokens.stranger })
    expect(shown.data).toMatchObject([{ type: declaration.type, state: 'verified' }])
    expect(shown.data[0]).not.toHaveProperty('certificateNo')
    await decide(tokens.operator, body.id, 'revoke')
    expect(await statesFor(tokens.stranger)).toEqual([])
    expect(await statesFor(tokens.operator)).toEqual(['declared'])
  })

  it('expire after their last day in China, not in London', async () => {
    const { body } = await declare(tokens.owner, { validTo: '2026-03-02' })
    await decide(tokens.operator, body.id)
    api.clock.advance('14h')
    expect(api.clock.now().toISOString()).toBe('2026-03-02T15:00:00.000Z')
    expect(await statesFor(await api.signIn(cast.stranger))).toEqual(['verified'])
    api.clock.advance('1h')
    expect(await statesFor(await api.signIn(cast.stranger))).toEqual([])
    expect(await statesFor(await api.signIn(cast.owner))).toEqual(['expired'])
  })

  it.each([
    [{ type: 'high_tech' }, '#/type'],
    [{ region: '990000' }, '#/region'],
    [{ validTo: '2022-01-01' }, '#/validTo'],
    [{ validFrom: '2026-02-30' }, '#/validFrom'],
    [{ state: 'verified' }, '#/state'],
  ])('are refused with %j', async (change, pointer) => {
    const { status, body } = await declare(tokens.owner, change)
    expect([status, body.errors[0].pointer]).toEqual([400, pointer])
  })

  it('are listed once per certificate', async () => {
    await declare(tokens.owner)
    const again = await declare(tokens.owner)
    expect([again.status, again.body.code]).toEqual([409, 'ALREADY_EXISTS'])
  })

  it('are declared and removed by nobody else', async () => {
    const { body } = await declare(tokens.owner)
    expect((await declare(tokens.operator)).status).toBe(403)
    expect((await declare(tokens.stranger)).status).toBe(404)
    const remove = (as?: string) => api.call('DELETE', `${urlOf(cast.owner)}/${body.id}`, as ? { as } : {})
    expect((await remove()).status).toBe(401)
    expect((await remove(tokens.operator)).status).toBe(403)
    expect((await remove(tokens.stranger)).status).toBe(404)
    expect((await remove(tokens.owner)).status).toBe(204)
    expect((await remove(tokens.owner)).status).toBe(404)
  })

  it('are verified by nobody but the operator of the market', async () => {
    const { body } = await declare(tokens.owner)
    expect((await decide(tokens.owner, body.id)).status).toBe(403)
    expect((await decide(tokens.stranger, body.id)).status).toBe(404)
    expect((await decide(tokens.operator, body.id, 'maybe')).status).toBe(400)
    const elsewhere = `${urlOf(cast.stranger)}/${body.id}/verification`
    const wrongPath = await api.call('POST', elsewhere, { as: tokens.stranger, body: { decision: 'verify' } })
    expect(wrongPath.body.code).toBe('CONFLICT_OF_INTEREST')
  })

  it('are declared once under one Idempotency-Key', async () => {
    const options = { as: tokens.owner, body: declaration, headers: { 'idempotency-key': 'declaration-00001' } }
    const first = await api.call('POST', urlOf(cast.owner), options)
    const again = await api.call('POST', urlOf(cast.owner), options)
    expect([again.status, again.body]).toEqual([201, first.body])
  })
})
