import { beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem, type HttpClient } from '../../support/http.ts'

const harness = useHarness()
let broker: Principal
let other: Principal
let clients: Record<'self' | 'other' | 'operator' | 'elsewhere' | 'member', HttpClient>

beforeAll(async () => {
  const { given } = harness
  broker = await given.broker()
  other = await given.broker()
  clients = {
    self: await harness.as(broker),
    other: await harness.as(other),
    operator: await harness.as('operator'),
    elsewhere: await harness.as(await given.operator('jiangsu')),
    member: await harness.as('member'),
  }
})

const url = () => `/v1/brokers/${broker.userId}`
const read = async (who: keyof typeof clients) => (await clients[who].get(url())).json()
const patch = (who: keyof typeof clients, version: number, body: unknown) =>
  clients[who].patch(url(), body, { headers: { 'if-match': `"v${version}"` } })
const certificate = {
  ...{ type: 'technology_broker_senior', certificateNo: 'ZJ-17', issuer: '浙江省人社厅', validFrom: '2026-01-01' },
  validTo: '2026-01-31',
}

describe('a broker’s profile', () => {
  it('is blank at first and changed by the broker within the own part', async () => {
    expect(await read('self')).toMatchObject({ grade: 'technology_broker_junior', fields: [], version: 1 })
    const changed = await patch('self', 1, { fields: ['new-materials'], regions: ['330200'], capacity: 5 })
    expect(changed.statusCode, changed.body).toBe(200)
    expect(changed.headers.etag).toBe('"v2"')
    expect(await read('self')).toMatchObject({ fields: ['new-materials'], capacity: 5, version: 2 })
    expectProblem(await patch('self', 1, { capacity: 6 }), 'PRECONDITION_FAILED')
    expectProblem(await patch('self', 2, { grade: 'technology_broker_senior' }), 'FORBIDDEN')
    expectProblem(await patch('self', 2, { grade: 'king' }), 'VALIDATION_FAILED')
  })

  it('gets grade and certificates from the operator of the market, audited', async () => {
    const { version } = await read('self')
    const body = { grade: 'technology_broker_senior', certificates: [certificate] }
    expect((await patch('operator', version, body)).json()).toMatchObject({
      grade: 'technology_broker_senior',
      certificates: [{ certificateNo: 'ZJ-17', isValid: false }],
    })
    expectProblem(await patch('elsewhere', version + 1, body), 'NOT_FOUND')
    const backwards = { ...certificate, validTo: '2025-01-01' }
    expectProblem(await patch('operator', version + 1, { certificates: [backwards] }), 'VALIDATION_FAILED')
    const { rows } = await harness.database.pool.query(
      `select facts from audit_entries where action = 'broker.updated' order by seq desc limit 1`,
    )
    expect(rows).toMatchObject([{ facts: { grade: 'technology_broker_senior' } }])
  })

  it('shows others a business card only, and does not let them change it', async () => {
    const card = await read('other')
    expect(card).toMatchObject({ id: broker.userId, market: 'ningbo' })
    expect(card).not.toHaveProperty('capacity')
    expect(card.certificates[0]).not.toHaveProperty('certificateNo')
    expectProblem(await patch('other', 1, { capacity: 1 }), 'NOT_FOUND')
    expectProblem(await patch('member', 1, { capacity: 1 }), 'FORBIDDEN')
    expectProblem(await harness.client.get(url()), 'UNAUTHENTICATED')
    expectProblem(await clients.self.get(`/v1/brokers/${(await harness.given.operator()).userId}`), 'NOT_FOUND')
  })

  it('is found by field and grade; who named no field works on all', async () => {
    const ids = async (query: string): Promise<string[]> =>
      (await clients.member.get(`/v1/brokers?${query}`)).json().data.map(({ id }: { id: string }) => id)
    expect(await ids('field=new-materials')).toEqual(expect.arrayContaining([broker.userId, other.userId]))
    expect(await ids('field=biomedicine')).toEqual([other.userId])
    expect(await ids('grade=technology_broker_senior&market=ningbo')).toEqual([broker.userId])
    expect(await ids('market=jiangsu')).toEqual([])
  })
})

describe('declared conflicts of interest', () => {
  it('are declared, listed for oneself, replaced and taken back', async () => {
    const organisation = await harness.given.organisation({ name: '曾任职公司' })
    const conflicts = '/v1/brokers/me/conflicts'
    const body = { organisationId: organisation.orgId, reason: 'former_employer' }
    const declared = await clients.self.post(conflicts, body)
    expect(declared.statusCode, declared.body).toBe(201)
    await clients.self.post(conflicts, { ...body, reason: 'shareholding' })
    expect((await clients.self.get(conflicts)).json().data).toMatchObject([
      { organisationId: organisation.orgId, organisationName: '曾任职公司', reason: 'shareholding' },
    ])
    expect((await clients.other.get(conflicts)).json().data).toEqual([])
    expectProblem(await clients.self.post(conflicts, { ...body, reason: 'envy' }), 'VALIDATION_FAILED')
    expectProblem(await clients.operator.post(conflicts, body), 'FORBIDDEN')
    expectProblem(await clients.other.delete(`${conflicts}/${organisation.orgId}`), 'NOT_FOUND')
    expect((await clients.self.delete(`${conflicts}/${organisation.orgId}`)).statusCode).toBe(204)
    expect((await clients.self.get(conflicts)).json().data).toEqual([])
  })
})
