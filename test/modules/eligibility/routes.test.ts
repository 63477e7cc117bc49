import { beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem, type HttpClient } from '../../support/http.ts'

const harness = useHarness()
const url = '/v1/finance-products/eligibility'
const wan = (amount: number) => amount * 1_000_000
const day = '2025-12-31'
let firm: Principal
let client: HttpClient
let bank: Principal

beforeEach(async () => {
  await harness.reset()
  firm = await harness.given.organisation({ market: 'ganxian' })
  bank = await harness.given.organisation({ kind: 'financial_institution', market: 'ganxian' })
  client = await harness.as(firm)
})

const product = (title: string, change: Record<string, unknown>) =>
  harness.given.publishedFinanceProduct({ by: bank, title, eligibilityRules: null, riskShares: null, ...change })
const rule = (compare: string, is: string, to: unknown) => ({ rule: { compare, is, to } })
const declare = (field: string, value: unknown) =>
  client.post(`/v1/organisations/${firm.orgId}/evidence`, { field, value, asOf: day, source: '2025年度审计报告' })
const evidenceUrl = () => `/v1/organisations/${firm.orgId}/evidence`

describe('evidence', () => {
  it('is declared by the organisation, verified by its operator, and nobody else’s business', async () => {
    const made = await declare('revenueFen', wan(3_200))
    expect(made.statusCode, made.body).toBe(201)
    expect(made.json()).toMatchObject({ label: '上年度营业收入', state: 'declared', verifiedAt: null })
    const one = `${evidenceUrl()}/${made.json().id}`
    expectProblem(await client.post(`${one}/verification`, { decision: 'verify' }), 'FORBIDDEN')
    const operator = await harness.as(await harness.given.operator('ganxian'))
    expect((await operator.post(`${one}/verification`, { decision: 'verify' })).json().state).toBe('verified')
    const stranger = await harness.as(bank)
    expectProblem(await stranger.get(evidenceUrl()), 'NOT_FOUND')
    expectProblem(await harness.client.get(evidenceUrl()), 'UNAUTHENTICATED')
    expect((await operator.get(evidenceUrl())).json().data).toHaveLength(1)
    expect((await client.delete(one)).statusCode).toBe(204)
    expectProblem(await client.delete(one), 'NOT_FOUND')
  })

  it.each([
    [{ field: 'revenuFen', value: 1 }, '#/field'],
    [{ field: 'region', value: '330200' }, '#/field'],
    [{ field: 'revenueFen', value: 1.5 }, '#/value'],
    [{ field: 'isListed', value: 'no' }, '#/value'],
    [{ field: 'staff', value: 3, asOf: '2099-01-01' }, '#/asOf'],
    [{ field: 'staff', value: 3, validTo: '2020-01-01' }, '#/validTo'],
  ])('is refused as %j', async (wrong, pointer) => {
    const body = { asOf: day, source: '审计报告', ...wrong }
    const problem = expectProblem(await client.post(evidenceUrl(), body), 'VALIDATION_FAILED')
    expect(problem.errors?.map((error) => error.pointer)).toEqual([pointer])
  })
})

describe('the products that an organisation may have', () => {
  it('come with their reasons and what is missing, those it may have first', async () => {
    await product('未说明条件的贷款', {})
    await product('只给大企业的贷款', { eligibilityRules: rule('revenueFen', '>', wan(10_000)) })
    await product('科技企业信用贷款', { eligibilityRules: rule('revenueFen', '<=', wan(5_000)) })
    await product('上市前企业的贷款', { eligibilityRules: rule('isListed', '=', false) })
    await declare('revenueFen', wan(3_200))
    const { data } = (await client.get(url)).json()
    expect(data.map((one: { answer: string; product: { title: string } }) => [one.product.title, one.answer])).toEqual([
      ['科技企业信用贷款', 'yes'],
      ['上市前企业的贷款', 'unknown'],
      ['未说明条件的贷款', 'unknown'],
      ['只给大企业的贷款', 'no'],
    ])
    expect(data[1]).toMatchObject({ missing: ['已上市'], reasons: ['没有以下情形：已上市：待证实'] })
    expect(data[2].notes).toEqual(['conditions_not_as_rules'])
    expect(data[3].reasons).toEqual(['上年度营业收入高于1 亿元（现为3200 万元，自行申报）：不满足'])
    const first = (await client.get(url, { query: { limit: '3' } })).json()
    const rest = (await client.get(url, { query: { limit: '3', cursor: first.page.nextCursor } })).json()
    expect([...first.data, ...rest.data]).toEqual(data)
    expect((await client.get(url, { query: { answer: 'no' } })).json().data).toHaveLength(1)
  })

  it('are the list of products itself when it is asked for them', async () => {
    const { listing: yes } = await product('科技企业信用贷款', {
      eligibilityRules: rule('revenueFen', '<=', wan(5_000)),
    })
    const { listing: no } = await product('只给大企业的贷款', {
      eligibilityRules: rule('revenueFen', '>', wan(10_000)),
    })
    await product('高端装备租赁', { fields: ['advanced-manufacturing'] })
    await declare('revenueFen', wan(3_200))
    const list = async (query: object, by = client) =>
      by.get('/v1/finance-products', { query: { eligibleFor: firm.orgId, ...query } })
    const { data } = (await list({ field: 'new-materials' })).json()
    expect(data).toMatchObject([
      {
        id: yes.id,
        title: '科技企业信用贷款',
        productKind: 'ip_pledge_loan',
        eligibility: { answer: 'yes', notes: [] },
      },
      { id: no.id, eligibility: { answer: 'no', reasons: [expect.stringContaining('不满足')] } },
    ])
    const first = (await list({ limit: '1' })).json()
    expect(first.data).toMatchObject([{ id: yes.id }])
    const rest = (await list({ cursor: first.page.nextCursor })).json().data
    expect(rest).toHaveLength(2)
    expect((await client.get('/v1/finance-products')).json().data[0].eligibility).toBeUndefined()
    expectProblem(await list({}, harness.client), 'UNAUTHENTICATED')
    expectProblem(await list({}, await harness.as(bank)), 'NOT_FOUND')
    expectProblem(await list({ mine: 'true' }), 'VALIDATION_FAILED')
    expectProblem(await list({ eligibleFor: 'me' }), 'VALIDATION_FAILED')
  })

  it('follow a product’s next version', async () => {
    const { listing } = await product('科技企业信用贷款', { eligibilityRules: rule('staff', '<=', 5) })
    await declare('staff', 10)
    expect((await client.get(url)).json().data[0].answer).toBe('no')
    const owner = await harness.as(bank)
    const change = { eligibilityRules: rule('staff', '<=', 50) }
    const headers = { 'if-match': `"v${listing.version}"` }
    expect((await owner.patch(`/v1/finance-products/${listing.id}`, change, { headers })).statusCode).toBe(200)
    expect((await client.get(url)).json().data[0].answer).toBe('yes')
  })

  it('are told under assumptions, and nothing is stored', async () => {
    const { listing } = await product('研发人员贷款', { eligibilityRules: rule('rdStaff', '>=', 12) })
    await declare('rdStaff', 9)
    const check = `/v1/finance-products/${listing.id}/eligibility-checks`
    const assumed = await client.post(check, { assumptions: [{ field: 'rdStaff', add: 3 }] })
    expect(assumed.json(), assumed.body).toMatchObject({ answer: 'yes' })
    expect((await client.post(check, {})).json()).toMatchObject({
      ...{ answer: 'no', explanation: [{ pointer: '#/rule', text: '科技人员数不低于12（现为9，自行申报）：不满足' }] },
    })
  })

  it('are nobody else’s business', async () => {
    expectProblem(await harness.client.get(url), 'UNAUTHENTICATED')
    const stranger = await harness.as(bank)
    expectProblem(await stranger.get(url, { query: { eligibleFor: firm.orgId } }), 'NOT_FOUND')
    const operator = await harness.as(await harness.given.operator('ganxian'))
    expect((await operator.get(url, { query: { eligibleFor: firm.orgId } })).statusCode).toBe(200)
    expectProblem(await client.get(url, { query: { answer: 'maybe' } }), 'VALIDATION_FAILED')
  })
})

describe('a finance product with rules', () => {
  it('is refused with the place of what is wrong in them, and with shares that do not sum', async () => {
    const owner = await harness.as(bank)
    const body = { ...harness.deps.listingKinds.finance_product.example, market: 'ganxian' }
    const low = { compare: 'staff', is: '<', to: 10 }
    const refused: [object, string, string][] = [
      [{ rule: { all: [{ ...low, compare: 'staf' }] } }, 'rule/all/0/compare', 'unknown_field'],
      [{ rule: { use: 'a' }, definitions: { a: { not: { use: 'a' } } } }, 'definitions/a', 'reference_cycle'],
      [{ rule: { any: [{ ...low, to: 'ten' }] } }, 'rule/any/0/to', 'type_error'],
      [{ rule: { all: [low, { ...low, is: '>', to: 20 }] } }, 'rule/all/1', 'unreachable_branch'],
    ]
    for (const [eligibilityRules, place, code] of refused) {
      const answer = await owner.post('/v1/finance-products', { ...body, eligibilityRules })
      const problem = expectProblem(answer, 'VALIDATION_FAILED')
      expect(problem.errors).toContainEqual(
        expect.objectContaining({ pointer: `#/eligibilityRules/${place}`, code, location: 'body' }),
      )
    }
    const shares = [
      { party: 'bank', percent: 60 },
      { party: 'government', percent: 30 },
    ]
    expectProblem(await owner.post('/v1/finance-products', { ...body, riskShares: shares }), 'SHARES_DO_NOT_SUM')
    expectProblem(await owner.post('/v1/finance-products', { ...body, amountMaxFen: 1.5 }), 'VALIDATION_FAILED')
  })
})

describe('the financing of a demand and a match', () => {
  const market = { market: 'ganxian' }
  const everyone = { eligibilityRules: { rule: { prefix: 'market', in: ['gan'] } } }

  it('needs the least cash, repays to the fen, and is for the demand’s owner alone', async () => {
    await product('信用贷款七成', {
      ...{ ...everyone, productKind: 'credit_loan', amountMaxFen: wan(500), maxShareBasisPoints: 7_000 },
      ...{ rate: { kind: 'fixed', percent: 3.6 }, termMonthsMax: 12, repaymentMethod: 'bullet' },
    })
    await product('创新券两成', {
      ...{ ...everyone, productKind: 'innovation_voucher', rate: null, amountMaxFen: wan(10) },
      support: { basisPoints: 2_000, timing: 'upfront' },
    })
    await product('贷款贴息一半', {
      ...{ ...everyone, productKind: 'interest_subsidy', rate: null, subsidy: { percent: 50, years: 1 } },
    })
    const { listing: demand } = await harness.given.publishedDemand({ ...market, by: firm })
    const options = (
      await client.get(`/v1/demands/${demand.id}/financing-options`, { query: { priceFen: String(wan(100)) } })
    ).json()
    expect(options.data.map(({ role }: { role: string }) => role).sort()).toEqual([
      'debt',
      'interest_subsidy',
      'voucher',
    ])
    await harness.given.publishedSupply({ ...market })
    await harness.drain()
    const { data: matches } = (await client.get(`/v1/demands/${demand.id}/matches`)).json()
    const planUrl = `/v1/matches/${matches[0].id}/financing-plan`
    const { plan } = (await client.get(planUrl, { query: { priceFen: String(wan(100)) } })).json()
    expect(plan).toMatchObject({
      ...{ cashNowFen: wan(20), debtFen: wan(70), equityFen: 0, interestFen: 2_520_000, subsidyFen: 1_260_000 },
      ownMoneyFen: wan(90) + 1_260_000,
    })
    expect(plan.repayment).toHaveLength(12)
    expect(plan.repayment.at(-1)).toMatchObject({ principalFen: wan(70), balanceFen: 0 })
    const supplier = await harness.as(await harness.given.operator('ningbo'))
    expectProblem(await supplier.get(planUrl), 'NOT_FOUND')
    expectProblem(await client.get(planUrl, { query: { priceFen: '0' } }), 'VALIDATION_FAILED')
  })
})
