import { beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { examplePolicyBody } from '../../../src/modules/policies/examples.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem, type HttpClient } from '../../support/http.ts'

const harness = useHarness()
const wan = (amount: number) => amount * 1_000_000
const url = '/v1/policies'
let firm: Principal
let client: HttpClient
let desk: HttpClient
let keys = 0

beforeEach(async () => {
  await harness.reset()
  firm = await harness.given.organisation()
  client = await harness.as(firm)
  desk = await harness.as('operator')
})

const key = () => {
  keys += 1
  return { headers: { 'idempotency-key': `policy-key-of-test-${keys}` } }
}
const declare = (field: string, value: unknown) =>
  client.post(`/v1/organisations/${firm.orgId}/evidence`, { field, value, asOf: '2025-12-31', source: '年报' })
const benefit = (change: object) => ({ ...examplePolicyBody.benefit, ...change })

async function published(change: object = {}): Promise<string> {
  const made = await desk.post(url, { ...examplePolicyBody, ...change })
  expect(made.statusCode, made.body).toBe(201)
  const { id } = made.json()
  expect((await desk.post(`${url}/${id}/publish`)).statusCode).toBe(200)
  return id
}
const claim = (id: string, body: object = {}, by = client) => by.post(`${url}/${id}/redemptions`, body, key())
const decide = (id: string, verb: string, body: object = {}) =>
  desk.post(`/v1/policy-redemptions/${id}/${verb}`, body, key())

describe('a policy', () => {
  it('is a draft for its desk until it is published, and its versions stay', async () => {
    const made = (await desk.post(url, examplePolicyBody)).json()
    expectProblem(await client.get(`${url}/${made.id}`), 'NOT_FOUND')
    expect((await desk.get(url, { query: { state: 'draft' } })).json().data).toHaveLength(1)
    expect((await client.get(url, { query: { state: 'draft' } })).json().data).toEqual([])
    expect((await harness.client.get(url)).json().data).toEqual([])
    await desk.post(`${url}/${made.id}/publish`)
    expect((await harness.client.get(url)).json().data).toMatchObject([{ id: made.id, number: 1 }])

    const next = { summary: '最高补助1500万元。', benefit: benefit({ capFen: wan(1500) }), effectiveFrom: '2027-01-01' }
    expectProblem(await desk.patch(`${url}/${made.id}`, next), 'PRECONDITION_REQUIRED')
    expectProblem(
      await desk.patch(`${url}/${made.id}`, next, { headers: { 'if-match': '"v1"' } }),
      'PRECONDITION_FAILED',
    )
    const edited = await desk.patch(`${url}/${made.id}`, next, { headers: { 'if-match': '"v2"' } })
    expect(edited.json(), edited.body).toMatchObject({ number: 1, draft: { number: 2, effectiveFrom: '2027-01-01' } })
    expect((await client.get(`${url}/${made.id}`)).json().draft).toBeUndefined()
    await desk.post(`${url}/${made.id}/publish`)
    const read = async (on?: string) => (await client.get(`${url}/${made.id}`, on ? { query: { on } } : {})).json()
    expect(await read()).toMatchObject({ number: 1, versions: [{ number: 1 }, { number: 2 }] })
    expect(await read('2027-01-01')).toMatchObject({ number: 2, benefit: { capFen: wan(1500) } })
    const forged = harness.database.pool.query(`update policy_versions set title = 'x' where number = 1`)
    await expect(forged).rejects.toThrow('is published')
    expectProblem(await desk.post(`${url}/${made.id}/publish`), 'TRANSITION_NOT_ALLOWED')
  })

  it('belongs to the operators of its market', async () => {
    expectProblem(await harness.client.post(url, examplePolicyBody), 'UNAUTHENTICATED')
    expectProblem(await client.post(url, examplePolicyBody), 'FORBIDDEN')
    const far = await harness.as(await harness.given.operator('jiangsu'))
    expectProblem(await far.post(url, { ...examplePolicyBody, market: 'ningbo' }), 'NOT_FOUND')
    const id = await published()
    expectProblem(await far.post(`${url}/${id}/withdraw`), 'NOT_FOUND')
    expect((await desk.post(`${url}/${id}/withdraw`)).json().state).toBe('withdrawn')
    expectProblem(await claim(id), 'NOT_FOUND')
    expectProblem(await desk.post(`${url}/${id}/publish`), 'TRANSITION_NOT_ALLOWED')
  })

  it.each([
    [{ rules: { rule: { compare: 'staf', is: '<', to: 1 } } }, '#/rules/rule/compare', 'unknown_field'],
    [
      { rules: { rule: { use: 'a' }, definitions: { a: { not: { use: 'b' } }, b: { not: { use: 'a' } } } } },
      '#/rules/definitions/a',
      'reference_cycle',
    ],
    [{ rules: { rule: { compare: 'staff', is: '<', to: 'ten' } } }, '#/rules/rule/to', 'type_error'],
    [
      {
        rules: {
          rule: {
            all: [
              { compare: 'staff', is: '<', to: 10 },
              { compare: 'staff', is: '>', to: 20 },
            ],
          },
        },
      },
      '#/rules/rule/all/1',
      'unreachable_branch',
    ],
    [{ benefit: benefit({ capFen: 1.5 }) }, '#/benefit/capFen', undefined],
    [{ benefit: benefit({ base: 'staff' }) }, '#/benefit/base', undefined],
    [{ benefit: benefit({ fixedFen: 100 }) }, '#/benefit/fixedFen', undefined],
    [{ effectiveTo: '2025-12-31' }, '#/effectiveTo', 'before_effective_from'],
  ])('is refused as %j, with the place', async (wrong, pointer, code) => {
    const problem = expectProblem(await desk.post(url, { ...examplePolicyBody, ...wrong }), 'VALIDATION_FAILED')
    expect(problem.errors?.map((error) => error.pointer)).toContain(pointer)
    if (code !== undefined) expect(problem.errors?.map((error) => error.code)).toContain(code)
  })
})

describe('the policies that an organisation may have', () => {
  it('come with reasons, missing evidence and what they pay, yes first', async () => {
    const yes = await published()
    const unknown = await published({
      rules: { rule: { compare: 'hasCoreIp', is: '=', to: true } },
      benefit: undefined,
    })
    const no = await published({ rules: { rule: { prefix: 'region', in: ['1411'] } } })
    await declare('pocCashInvestedFen', wan(600))
    await harness.database.pool.query(`update organisations set region = '330203'`)
    const query = { eligibleFor: firm.orgId }
    const { data } = (await client.get(url, { query })).json()
    expect(data.map(({ id }: { id: string }) => id)).toEqual([yes, unknown, no])
    expect(data[0].eligibility).toMatchObject({ answer: 'yes', benefitFen: wan(180) })
    expect(data[1].eligibility).toMatchObject({ answer: 'unknown', missing: ['拥有核心自主知识产权'] })
    expect(data[2].eligibility.reasons[0]).toContain('不满足')
    const first = (await client.get(url, { query: { ...query, limit: '2' } })).json()
    const rest = (await client.get(url, { query: { ...query, limit: '2', cursor: first.page.nextCursor } })).json()
    expect([...first.data, ...rest.data]).toEqual(data)
    expectProblem(await harness.client.get(url, { query }), 'UNAUTHENTICATED')
    expectProblem(await (await harness.as('owner')).get(url, { query }), 'NOT_FOUND')
    expect((await desk.get(url, { query })).json().data).toHaveLength(3)
  })

  it('are told under assumptions, and nothing is stored', async () => {
    const id = await published()
    const assumptions = [{ field: 'pocCashInvestedFen', set: wan(1_000) }]
    expect((await client.post(`${url}/${id}/checks`, { assumptions })).json()).toMatchObject({
      ...{ answer: 'yes', benefitFen: wan(300), policyVersion: 1, explanation: [{ pointer: '#/rule' }] },
    })
    expect((await client.post(`${url}/${id}/checks`, {})).json().answer).toBe('unknown')
  })
})

describe('a redemption', () => {
  it('goes from the claim to the payment with its amounts kept, and both sides hear of it', async () => {
    const id = await published()
    await declare('pocCashInvestedFen', wan(600))
    const claimed = await claim(id, { note: '2025年度' })
    expect(claimed.json(), claimed.body).toMatchObject({ state: 'claimed', answer: 'yes', claimedFen: wan(180) })
    const { id: redemption } = claimed.json()
    expectProblem(await claim(id), 'ALREADY_EXISTS')
    expectProblem(await decide(redemption, 'payment', { reference: '1' }), 'TRANSITION_NOT_ALLOWED')
    expectProblem(await decide(redemption, 'confirmation', { amountFen: wan(180) + 1 }), 'LIMIT_EXCEEDED')
    expect((await decide(redemption, 'confirmation', { amountFen: wan(170) })).json()).toMatchObject({
      ...{ state: 'confirmed', claimedFen: wan(180), amountFen: wan(170), allowedActions: ['pay', 'refuse'] },
    })
    expect((await decide(redemption, 'payment', { reference: '财政支付 1' })).json().state).toBe('paid')
    expectProblem(await decide(redemption, 'refusal', { reason: '迟' }), 'TRANSITION_NOT_ALLOWED')
    expect((await client.get(`/v1/policy-redemptions/${redemption}`)).json()).toMatchObject({
      ...{ state: 'paid', amountFen: wan(170), paymentReference: '财政支付 1' },
    })
    await harness.drain()
    const kindsOf = async (by: HttpClient) =>
      (await by.get('/v1/notifications')).json().data.map(({ kind }: { kind: string }) => kind)
    expect(await kindsOf(client)).toContain('redemption.decided')
    const trail = await harness.database.pool.query(`select action from audit_entries where action like 'redemption.%'`)
    expect(trail.rows.map(({ action }) => action)).toEqual([
      ...['redemption.claimed', 'redemption.confirmed', 'redemption.paid'],
    ])
  })

  it('tells the desk that it waits', async () => {
    const id = await published()
    await declare('pocCashInvestedFen', wan(600))
    await claim(id)
    await harness.drain()
    const { data } = (await desk.get('/v1/notifications')).json()
    expect(data[0]).toMatchObject({ kind: 'redemption.claimed' })
    expect(JSON.stringify(data[0].body)).toContain('概念验证中心建设补助')
  })

  it('is possible once, once a year or without limit, also for two claims at the same moment', async () => {
    await declare('pocCashInvestedFen', wan(600))
    const [once, yearly, unlimited] = [
      await published(),
      await published({ benefit: benefit({ limit: 'yearly' }) }),
      await published({ benefit: benefit({ limit: 'unlimited' }) }),
    ]
    const two = async (id: string) => (await Promise.all([claim(id), claim(id)])).map((one) => one.statusCode).sort()
    expect([await two(once), await two(yearly), await two(unlimited)]).toEqual([
      [201, 409],
      [201, 409],
      [201, 201],
    ])
    harness.clock.advance('366d')
    const late = await harness.as(firm)
    expect([(await claim(once, {}, late)).statusCode, (await claim(yearly, {}, late)).statusCode]).toEqual([409, 201])
  })

  it('that was refused may be claimed again', async () => {
    const id = await published()
    await declare('pocCashInvestedFen', wan(600))
    const first = (await claim(id)).json().id
    expectProblem(await decide(first, 'refusal', {}), 'VALIDATION_FAILED')
    expect((await decide(first, 'refusal', { reason: '凭证不全' })).json()).toMatchObject({ refusalReason: '凭证不全' })
    expect((await claim(id)).statusCode).toBe(201)
  })

  it('stays below the caps of a year, of one organisation and of all, and a refusal gives back', async () => {
    await declare('pocCashInvestedFen', wan(600))
    const limited = { limit: 'unlimited', yearlyCapFen: wan(200), yearlyBudgetFen: wan(300) }
    const id = await published({ benefit: benefit(limited) })
    const other = await harness.given.organisation()
    const otherClient = await harness.as(other)
    await otherClient.post(`/v1/organisations/${other.orgId}/evidence`, {
      ...{ field: 'pocCashInvestedFen', value: wan(600), asOf: '2025-12-31', source: '年报' },
    })
    const claims = [await claim(id), await claim(id), await claim(id, {}, otherClient)].map((one) => one.json().id)
    const [one = '', two = '', three = ''] = claims
    const both = await Promise.all([decide(one, 'confirmation'), decide(two, 'confirmation')])
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
    const confirmed = both[0]?.statusCode === 200 ? one : two
    expectProblem(await decide(three, 'confirmation'), 'LIMIT_EXCEEDED')
    expect((await decide(three, 'confirmation', { amountFen: wan(120) })).statusCode).toBe(200)
    expect((await decide(confirmed, 'refusal', { reason: '重复' })).statusCode).toBe(200)
    expect((await decide(confirmed === one ? two : one, 'confirmation')).statusCode).toBe(200)
  })

  it('waits for the evidence that is missing, and is refused to whom the rules refuse', async () => {
    const rules = { rule: { compare: 'pocCashInvestedFen', is: '>', to: wan(5), verified: true } }
    const id = await published({ rules })
    const { id: evidenceId } = (await declare('pocCashInvestedFen', wan(600))).json()
    const claimed = (await claim(id)).json()
    expect(claimed).toMatchObject({ answer: 'unknown', missing: ['概念验证中心现金投入'] })
    expectProblem(await decide(claimed.id, 'confirmation'), 'NOT_ELIGIBLE')
    await desk.post(`/v1/organisations/${firm.orgId}/evidence/${evidenceId}/verification`, { decision: 'verify' })
    expect((await decide(claimed.id, 'confirmation')).json().amountFen).toBe(wan(180))
    const refused = await published({ rules: { rule: { compare: 'pocCashInvestedFen', is: '>', to: wan(9_999) } } })
    expectProblem(await claim(refused), 'NOT_ELIGIBLE')
    expectProblem(await claim(await published({ benefit: undefined })), 'NOT_ELIGIBLE')
  })

  it('that is decided case by case needs its amount, up to the cap', async () => {
    await declare('pocCashInvestedFen', wan(600))
    const id = await published({ benefit: { form: 'amount', capFen: wan(50), limit: 'unlimited' } })
    const { id: redemption, claimedFen } = (await claim(id)).json()
    expect(claimedFen).toBeNull()
    expectProblem(await decide(redemption, 'confirmation'), 'VALIDATION_FAILED')
    expectProblem(await decide(redemption, 'confirmation', { amountFen: wan(51) }), 'LIMIT_EXCEEDED')
    expectProblem(await decide(redemption, 'confirmation', { amountFen: 1.5 }), 'VALIDATION_FAILED')
    expect((await decide(redemption, 'confirmation', { amountFen: wan(50) })).statusCode).toBe(200)
  })

  it('is the business of the claimant and the desk, needs a key, and a repeat gets the same answer', async () => {
    const id = await published()
    await declare('pocCashInvestedFen', wan(600))
    expectProblem(await client.post(`${url}/${id}/redemptions`, {}), 'IDEMPOTENCY_KEY_REQUIRED')
    expectProblem(await harness.client.post(`${url}/${id}/redemptions`, {}, key()), 'UNAUTHENTICATED')
    const unverified = await harness.as(await harness.given.organisation({ isVerified: false }))
    expectProblem(await claim(id, {}, unverified), 'ORGANISATION_NOT_VERIFIED')
    const sent = key()
    const [one, again] = [
      await client.post(`${url}/${id}/redemptions`, {}, sent),
      await client.post(`${url}/${id}/redemptions`, {}, sent),
    ]
    expect([one.statusCode, again.json()]).toEqual([201, one.json()])
    const path = `/v1/policy-redemptions/${one.json().id}`
    const stranger = await harness.as('owner')
    expectProblem(await stranger.get(path), 'NOT_FOUND')
    expect((await stranger.get('/v1/policy-redemptions')).json().data).toEqual([])
    expectProblem(await client.post(`${path}/confirmation`, {}, key()), 'FORBIDDEN')
    const far = await harness.as(await harness.given.operator('jiangsu'))
    expectProblem(await far.post(`${path}/confirmation`, {}, key()), 'NOT_FOUND')
    expect((await desk.get('/v1/policy-redemptions', { query: { state: 'claimed' } })).json().data).toHaveLength(1)
  })
})
