import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem } from '../../support/http.ts'

const h = useHarness()
const path = '/v1/open-licences'
let taker: Principal
let other: Principal

beforeAll(async () => {
  taker = await h.given.organisation()
  other = await h.given.organisation()
})

const numbers = ['201710601862.3', '201810861934.2', '201310699744.2', '200310102344.5']
let used = 0

/** A supply with one patent, and a declaration that fits it. */
async function givenSupply(right: Record<string, unknown> = {}) {
  const number = numbers[used % numbers.length]
  used += 1
  const ipRights = [{ type: 'invention', number, legalState: 'granted', expiresOn: '2037-07-21', ...right }]
  const { owner, listing } = await h.given.publishedSupply({ cooperationModes: ['open_licence'], ipRights })
  const body = {
    ...{ supplyId: listing.id, patentNumber: number, fee: { form: 'one_off', amountFen: 5_000_000 } },
    ...{ paymentTerms: '一次付清', validFrom: '2020-01-01', validTo: '2036-12-01', annuityPaidUntil: '2036-12-01' },
  }
  return { owner, body, patentee: await h.as(owner) }
}

const keyed = () => ({ headers: { 'idempotency-key': newId('event') } })

describe('an open licence', () => {
  it('is declared, taken by notice and payment on the declared terms, and outlives its withdrawal', async () => {
    const { patentee, body } = await givenSupply()
    const declared = await patentee.post(path, body)
    expect([declared.statusCode, declared.json()]).toMatchObject([201, { state: 'declared', warnings: [] }])
    expectProblem(await patentee.post(path, body), 'ALREADY_EXISTS')
    const url = `${path}/${declared.json().id}`
    const [one, two] = [await h.as(taker), await h.as(other)]
    const taken = await one.post(`${url}/acceptances`, undefined, keyed())
    expect(taken.json()).toMatchObject({ state: 'noticed', fee: body.fee })
    expectProblem(await one.post(`${url}/acceptances`, undefined, keyed()), 'ALREADY_EXISTS')
    expectProblem(await patentee.post(`${url}/acceptances`, undefined, keyed()), 'CONFLICT_OF_INTEREST')
    expect((await two.post(`${url}/acceptances`, undefined, keyed())).json().fee).toEqual(taken.json().fee)
    expect((await patentee.post(`${url}/withdraw`, { reason: '专利权转让' })).json().state).toBe('withdrawn')
    const late = await h.as(await h.given.organisation())
    expectProblem(await late.post(`${url}/acceptances`, undefined, keyed()), 'TRANSITION_NOT_ALLOWED')
    const payment = `/v1/licence-acceptances/${taken.json().id}/payment`
    expectProblem(await one.post(payment, { reference: '回单' }, keyed()), 'NOT_FOUND')
    expect((await patentee.post(payment, { reference: '回单' }, keyed())).json().state).toBe('in_force')
    expectProblem(await patentee.post(payment, { reference: '回单' }, keyed()), 'TRANSITION_NOT_ALLOWED')
    expect((await patentee.get(`${url}/acceptances`)).json().data).toHaveLength(2)
    expect((await one.get(`${url}/acceptances`)).json().data).toHaveLength(1)
    const register = (await h.client.get(`${path}?state=withdrawn`)).json().data
    expect(register.map(({ id }: { id: string }) => id)).toEqual([declared.json().id])
    expect(JSON.stringify(register)).not.toContain(taker.orgId)
  })

  it.each([
    [{ legalState: 'pending' }, 'not_granted'],
    [{ type: 'utility_model' }, 'evaluation_missing'],
    [{ coOwners: ['甲大学'] }, 'consent_missing'],
    [{ encumbrances: ['exclusive_licence'] }, 'exclusive_licence'],
    [{ encumbrances: ['pledge'] }, 'pledge'],
  ])('of a right with %j is refused: %s', async (right, code) => {
    const { owner, body } = await givenSupply(right)
    const problem = expectProblem(await (await h.as(owner)).post(path, body), 'LICENCE_NOT_ALLOWED')
    expect((problem.faults as { code: string }[]).map((fault) => fault.code)).toEqual([code])
  })

  it('is for the owner of the supply alone, and for whole fees', async () => {
    const { patentee, body } = await givenSupply()
    expectProblem(await (await h.as(other)).post(path, body), 'NOT_FOUND')
    expectProblem(await h.client.post(path, body), 'UNAUTHENTICATED')
    expectProblem(await patentee.post(path, { ...body, fee: { form: 'running' } }), 'VALIDATION_FAILED')
    expectProblem(await patentee.post(path, { ...body, patentNumber: '97101765.4' }), 'VALIDATION_FAILED')
  })
})

describe('the register as a file', () => {
  it('has a line for each licence and no cell that a spreadsheet takes for a formula', async () => {
    const { patentee, body } = await givenSupply()
    const terms = '=HYPERLINK("http://evil.example","付款")'
    expect((await patentee.post(path, { ...body, paymentTerms: terms })).statusCode).toBe(201)
    const answer = await h.client.get(`${path}/export?state=declared`)
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8'])
    expect(answer.headers['content-disposition']).toContain(encodeURIComponent('开放许可登记簿'))
    const lines = parse(answer.body, { bom: true, columns: true }) as Record<string, string>[]
    expect(lines[0]).toMatchObject({ 专利号: body.patentNumber, '许可费（元）': '50000.00', 付费说明: `'${terms}` })
    const declared = (await h.client.get(`${path}?state=declared&limit=100`)).json().data
    expect(lines.map((line) => line.编号)).toEqual(declared.map(({ id }: { id: string }) => id))
    expectProblem(await h.client.get(`${path}/export?state=sold`), 'VALIDATION_FAILED')
  })
})
