import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.ts'
import { openDeal } from '../../../src/modules/deals/index.ts'
import { givenAcceptedIntroduction, givenIntroduction } from '../../support/given-introduction.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem, type HttpClient } from '../../support/http.ts'

const harness = useHarness()
let pair: Awaited<ReturnType<typeof givenAcceptedIntroduction>>
let acquirer: HttpClient
let provider: HttpClient
let broker: HttpClient
let operator: HttpClient

beforeAll(async () => {
  const { given } = harness
  const university = await given.organisation({ kind: 'university' })
  pair = await givenAcceptedIntroduction(harness, { supply: { by: university } })
  acquirer = await harness.as(pair.demand.owner)
  provider = await harness.as(university)
  broker = await harness.as(pair.broker)
  operator = await harness.as(await given.operator())
})
beforeEach(() => harness.database.pool.query('truncate deals cascade'))

const key = () => ({ headers: { 'idempotency-key': crypto.randomUUID() } })
const open = (as: HttpClient = acquirer) =>
  as.post(
    '/v1/deals',
    { source: { kind: 'introduction', introductionId: pair.introduction.id }, intentAmountFen: 5_000 },
    key(),
  )
const sha256 = 'a'.repeat(64)
const terms = {
  contractType: 'patent_licence',
  subject: '压铸专利实施许可',
  pricing: 'auction',
  contractAmountFen: 1_000,
  technologyAmountFen: 800,
  technologyIncomeFen: 700,
}

/** A deal with terms, in negotiation. */
async function negotiated(change: Record<string, unknown> = {}): Promise<string> {
  const { id } = (await open()).json()
  const url = `/v1/deals/${id}`
  await acquirer.post(`${url}/stage`, { action: 'negotiate' })
  const answer = await acquirer.patch(url, { ...terms, ...change }, { headers: { 'if-match': '"v2"' } })
  expect(answer.statusCode, answer.body).toBe(200)
  return url
}

const confirm = async (as: HttpClient, url: string) =>
  as.post(`${url}/confirmations`, { termsVersion: (await as.get(url)).json().termsVersion })
const sign = (as: HttpClient, url: string, change = {}) =>
  as.post(`${url}/stage`, { action: 'sign', signedOn: '2026-03-02', ...change })

async function signed(change: Record<string, unknown> = {}): Promise<string> {
  const url = await negotiated(change)
  await confirm(acquirer, url)
  await confirm(provider, url)
  expect((await sign(broker, url)).statusCode).toBe(200)
  return url
}

describe('opening a deal', () => {
  it('is for the sides and the broker of an accepted introduction, and makes one deal for it', async () => {
    const first = await open(acquirer)
    expect(first.statusCode, first.body).toBe(201)
    expect(first.json()).toMatchObject({
      ...{ stage: 'intent', yourRelation: 'acquirer', value: { kind: 'intent', amountFen: 5_000 } },
      brokers: [{ userId: pair.broker.userId, shareBp: 10_000 }],
      provider: { id: pair.supply.owner.orgId },
    })
    const second = await open(provider)
    expect([second.statusCode, second.json().id]).toEqual([200, first.json().id])
    expectProblem(await open(operator), 'NOT_FOUND')
    expectProblem(await open(await harness.as(await harness.given.organisation())), 'NOT_FOUND')
  })

  it('answers a repeated key with the same deal, and asks for a key', async () => {
    const body = { source: { kind: 'introduction', introductionId: pair.introduction.id } }
    const once = key()
    const [one, other] = [await acquirer.post('/v1/deals', body, once), await acquirer.post('/v1/deals', body, once)]
    expect(other.json()).toEqual(one.json())
    expect(other.headers['idempotency-replayed']).toBe('true')
    expectProblem(await acquirer.post('/v1/deals', body), 'IDEMPOTENCY_KEY_REQUIRED')
    expectProblem(await harness.client.post('/v1/deals', body, once), 'UNAUTHENTICATED')
    expectProblem(await acquirer.post('/v1/deals', { source: { kind: 'gift' } }, key()), 'VALIDATION_FAILED')
  })

  it('waits until both sides have accepted', async () => {
    const asked = await givenIntroduction(harness)
    const body = { source: { kind: 'introduction', introductionId: asked.introduction.id } }
    const client = await harness.as(asked.demand.owner)
    expect(expectProblem(await client.post('/v1/deals', body, key()), 'TRANSITION_NOT_ALLOWED')).toMatchObject({
      state: 'asked',
      allowedActions: [],
    })
  })

  it('by an event happens once, however often the event comes', async () => {
    const input = {
      ...{ source: { kind: 'enquiry', enquiryId: newId('enquiry') } as const, market: 'ningbo', title: '询价成交' },
      ...{
        providerOrgId: pair.supply.owner.orgId,
        acquirerOrgId: pair.demand.owner.orgId,
        pricing: 'agreement' as const,
      },
    }
    const both = [await openDeal(harness.deps, input), await openDeal(harness.deps, input)]
    expect(both.map(({ isNew }) => isNew)).toEqual([true, false])
    expect(both[0]?.deal.id).toBe(both[1]?.deal.id)
  })

  it('without an introduction is for the desk of a market, and for deals of that market', async () => {
    const [providerOrgId, acquirerOrgId] = [pair.supply.owner.orgId, pair.demand.owner.orgId]
    const body = { source: { kind: 'direct', providerOrgId, acquirerOrgId } }
    expect((await broker.post('/v1/deals', body, key())).statusCode).toBe(201)
    expectProblem(await acquirer.post('/v1/deals', body, key()), 'FORBIDDEN')
    const far = await harness.as(await harness.given.operator('jiangsu'))
    expectProblem(await far.post('/v1/deals', body, key()), 'NOT_FOUND')
  })
})

describe('terms', () => {
  it('keep the amounts in order, and say which is not', async () => {
    const url = await negotiated()
    const wrong = await acquirer.patch(url, { technologyIncomeFen: 801 }, { headers: { 'if-match': '"v3"' } })
    expect(expectProblem(wrong, 'AMOUNTS_OUT_OF_ORDER').errors).toMatchObject([{ pointer: '#/technologyIncomeFen' }])
    const payments = [600, 500].map((amountFen) => ({ title: '款', amountFen, dueOn: '2026-05-01' }))
    const over = await acquirer.patch(url, { payments }, { headers: { 'if-match': '"v3"' } })
    expect(expectProblem(over, 'AMOUNTS_OUT_OF_ORDER').errors).toMatchObject([{ pointer: '#/payments/1/amountFen' }])
    expectProblem(
      await acquirer.patch(url, { title: '新题' }, { headers: { 'if-match': '"v2"' } }),
      'PRECONDITION_FAILED',
    )
  })

  it('have a history with the values before and after', async () => {
    const url = await negotiated()
    const { data } = (await provider.get(`${url}/history`)).json()
    expect(data[0]).toMatchObject({ action: 'update', changes: { contractAmountFen: { before: null, after: 1_000 } } })
    expect(data.map(({ action }: { action: string }) => action)).toEqual(['update', 'negotiate', 'open'])
  })

  it('leave the shares of the brokers to the broker and the operator', async () => {
    const url = await negotiated()
    const brokers = [{ userId: pair.broker.userId, shareBp: 9_999 }]
    const headers = { 'if-match': '"v3"' }
    expectProblem(await broker.patch(url, { brokers }, { headers }), 'VALIDATION_FAILED')
    const whole = [{ ...brokers[0], shareBp: 10_000 }]
    expectProblem(await acquirer.patch(url, { brokers: whole }, { headers }), 'FORBIDDEN')
    expect((await broker.patch(url, { brokers: whole }, { headers })).statusCode).toBe(200)
    const stranger = [{ userId: pair.demand.owner.userId, shareBp: 10_000 }]
    const answer = await broker.patch(url, { brokers: stranger }, { headers: { 'if-match': '"v4"' } })
    expect(expectProblem(answer, 'VALIDATION_FAILED').errors).toMatchObject([
      { pointer: '#/brokers/0/userId', code: 'no_broker' },
    ])
  })
})

describe('signing', () => {
  it('needs what belongs in a contract, and both sides’ yes to the present terms', async () => {
    const url = await negotiated({ contractType: null })
    expect(expectProblem(await sign(acquirer, url), 'DEAL_INCOMPLETE').missing).toEqual(['contractType'])
    await acquirer.patch(url, { contractType: 'patent_licence' }, { headers: { 'if-match': '"v3"' } })
    await confirm(acquirer, url)
    expect(expectProblem(await sign(acquirer, url), 'CONFIRMATION_MISSING').unconfirmed).toEqual(['provider'])
    expectProblem(await confirm(broker, url), 'FORBIDDEN')
    await confirm(provider, url)
    expect((await sign(provider, url)).json()).toMatchObject({
      ...{ stage: 'signed', signing: { record: 'both_sides' }, value: { kind: 'closed', contractAmountFen: 1_000 } },
    })
  })

  it('takes no confirmation of terms that have changed', async () => {
    const url = await negotiated()
    await confirm(provider, url)
    const { version } = (await acquirer.get(url)).json()
    await acquirer.patch(url, { contractAmountFen: 900 }, { headers: { 'if-match': `"v${version}"` } })
    expectProblem(await acquirer.post(`${url}/confirmations`, { termsVersion: 1 }), 'PRECONDITION_FAILED')
    await confirm(acquirer, url)
    expect(expectProblem(await sign(acquirer, url), 'CONFIRMATION_MISSING').unconfirmed).toEqual(['provider'])
  })

  it('may be recorded by the operator, who has seen the paper', async () => {
    const url = await negotiated()
    expectProblem(await sign(operator, url), 'CONFIRMATION_MISSING')
    const evidence = [{ name: '合同.pdf', sha256 }]
    expect((await sign(operator, url, { evidence })).json()).toMatchObject({
      signing: { record: 'operator', evidence },
    })
  })

  it('of a university’s price by agreement waits for the end of its publicity, and names the day', async () => {
    const url = await negotiated({ pricing: 'agreement' })
    expect(expectProblem(await sign(acquirer, url), 'PRICE_PUBLICITY_OPEN')).toMatchObject({ days: 15 })
    const publicity = { from: '2026-02-16', place: '校园网' }
    const answer = await provider.patch(url, { publicity }, { headers: { 'if-match': '"v3"' } })
    expect(answer.json().publicity.signableFrom).toBe('2026-03-03')
    expect(expectProblem(await sign(acquirer, url), 'PRICE_PUBLICITY_OPEN')).toMatchObject({
      signableFrom: '2026-03-03',
    })
    await provider.patch(url, { publicity: { ...publicity, from: '2026-02-15' } }, { headers: { 'if-match': '"v4"' } })
    await confirm(acquirer, url)
    await confirm(provider, url)
    expect((await sign(acquirer, url)).statusCode).toBe(200)
  })

  it('fixes the terms: payments are recorded, amounts stand', async () => {
    const url = await signed({ payments: [{ title: '首付', amountFen: 400, dueOn: '2026-03-01' }] })
    const deal = (await acquirer.get(url)).json()
    expect(deal.payments).toMatchObject([{ state: 'overdue' }])
    const headers = { 'if-match': `"v${deal.version}"` }
    expectProblem(await acquirer.patch(url, { contractAmountFen: 900 }, { headers }), 'TRANSITION_NOT_ALLOWED')
    const payments = [{ title: '首付', amountFen: 400, dueOn: '2026-03-01', paidOn: '2026-03-02' }]
    expect((await acquirer.patch(url, { payments }, { headers })).json()).toMatchObject({
      paidFen: 400,
      termsVersion: deal.termsVersion,
    })
  })
})

describe('stages', () => {
  const registration = {
    certificateNo: '2026330206000001',
    registrar: '宁波市技术合同登记处',
    registeredOn: '2026-03-02',
  }
  const amounts = { contractAmountFen: 1_000, technologyAmountFen: 700, technologyIncomeFen: 600 }

  it('lead over a refused and a granted registration to performance, and no further', async () => {
    const url = await signed()
    const refused = { action: 'refuse_registration', registrar: '登记处', reason: '附件不全', refusedOn: '2026-03-02' }
    expect((await provider.post(`${url}/stage`, refused)).json()).toMatchObject({ stage: 'signed', refusals: [{}] })
    const wrong = { action: 'register', ...registration, ...amounts, technologyIncomeFen: 701 }
    expectProblem(await provider.post(`${url}/stage`, wrong), 'AMOUNTS_OUT_OF_ORDER')
    const more = { action: 'register', ...registration, ...amounts, contractAmountFen: 1_001 }
    expectProblem(await provider.post(`${url}/stage`, more), 'AMOUNTS_OUT_OF_ORDER')
    const done = await provider.post(`${url}/stage`, { action: 'register', ...registration, ...amounts })
    expect(done.json()).toMatchObject({
      stage: 'registered',
      registration: amounts,
      allowedActions: ['perform', 'drop'],
    })
    expect((await broker.post(`${url}/stage`, { action: 'perform', performedOn: '2026-03-02' })).json().stage).toBe(
      'performed',
    )
    const late = await broker.post(`${url}/stage`, { action: 'drop', reasonCode: 'other' })
    expect(expectProblem(late, 'TRANSITION_NOT_ALLOWED')).toMatchObject({ state: 'performed', allowedActions: [] })
    const { rows } = await harness.database.pool.query(
      `select data->>'to' as to from outbox_events where type = 'deal.stage_changed' order by seq`,
    )
    expect(rows.slice(-5).map(({ to }) => to)).toEqual(['negotiating', 'signed', 'signed', 'registered', 'performed'])
  })

  it('that the machine does not know are refused with those that it does', async () => {
    const { id } = (await open()).json()
    const answer = await sign(acquirer, `/v1/deals/${id}`)
    expect(expectProblem(answer, 'TRANSITION_NOT_ALLOWED').allowedActions).toEqual(['negotiate', 'drop'])
    const future = await sign(acquirer, await negotiated(), { signedOn: '2026-03-03' })
    expect(expectProblem(future, 'VALIDATION_FAILED').errors).toMatchObject([{ pointer: '#/signedOn' }])
  })

  it('end by a drop with a reason that is one, and keep the stage it came from', async () => {
    const url = await negotiated()
    expectProblem(await acquirer.post(`${url}/stage`, { action: 'drop', reasonCode: 'bored' }), 'VALIDATION_FAILED')
    const answer = await acquirer.post(`${url}/stage`, { action: 'drop', reasonCode: 'price_too_high' })
    expect(answer.json()).toMatchObject({
      stage: 'dropped',
      dropped: { stage: 'negotiating', reasonCode: 'price_too_high' },
    })
    expect(answer.json().value).toBeUndefined()
  })

  it('leave what the rules exclude unregistered', async () => {
    const url = await signed({ subject: '年度设备采购', traits: ['plain_sale'] })
    const answer = await provider.post(`${url}/stage`, { action: 'register', ...registration, ...amounts })
    expect(expectProblem(answer, 'CONTRACT_NOT_REGISTRABLE')).toMatchObject({ grounds: [{ trait: 'plain_sale' }] })
  })
})

describe('the commission', () => {
  const setRate = (rateBp: number) =>
    harness.database.pool.query(`update markets set rules = rules || jsonb_build_object('commissionBp', $1::int)`, [
      rateBp,
    ])
  const registration = {
    ...{ action: 'register', certificateNo: '2026330206000002', registrar: '登记处', registeredOn: '2026-03-02' },
    ...{ contractAmountFen: 1_000, technologyAmountFen: 700, technologyIncomeFen: 600 },
  }

  it('is computed at the signature, anew at the registration and for other shares, at the rate of the signature', async () => {
    await setRate(250)
    const url = await signed()
    const userId = pair.broker.userId
    const commission = async () => (await broker.get(url)).json().commission
    expect(await commission()).toEqual({
      ...{ basis: 'signed', technologyAmountFen: 800, rateBp: 250, amountFen: 20 },
      parts: [{ userId, shareBp: 10_000, amountFen: 20 }],
    })
    await setRate(900)
    await provider.post(`${url}/stage`, registration)
    expect(await commission()).toMatchObject({
      basis: 'registered',
      technologyAmountFen: 700,
      rateBp: 250,
      amountFen: 17,
    })
    const other = await harness.given.broker()
    const brokers = [
      { userId, shareBp: 5_000 },
      { userId: other.userId, shareBp: 5_000 },
    ]
    const { version } = (await broker.get(url)).json()
    expect((await broker.patch(url, { brokers }, { headers: { 'if-match': `"v${version}"` } })).statusCode).toBe(200)
    expect((await commission()).parts.map(({ amountFen }: { amountFen: number }) => amountFen)).toEqual([9, 8])
    const totals = (await (await harness.as(other)).get(`/v1/brokers/${other.userId}/deeds/totals`)).json()
    expect(totals.attributed.closed).toMatchObject({ deals: 1, technologyAmountFen: 400, commissionFen: 8 })
    await broker.post(`${url}/stage`, { action: 'drop', reasonCode: 'other' })
    expect(await commission()).toBeUndefined()
  })

  it('is none before the signature, and where the market has no rate', async () => {
    await setRate(0)
    const url = await signed()
    expect((await broker.get(url)).json().commission).toBeUndefined()
    await harness.database.pool.query('truncate deals cascade')
    await setRate(250)
    expect((await broker.get(await negotiated())).json().commission).toBeUndefined()
  })
})

describe('the registration pack', () => {
  it('is one document with parties, type, amounts, rights and what is missing', async () => {
    const url = await signed({ ip: [{ type: 'invention', title: '压铸方法', number: '201710601862.3' }] })
    const pack = (await provider.get(`${url}/registration-pack`)).json()
    expect(pack).toMatchObject({
      parties: [{ role: 'provider', uscc: expect.stringMatching(/^\w{18}$/) }, { role: 'acquirer' }],
      contractType: { code: 'patent_licence', zh: '专利实施许可合同' },
      classification: { outcome: 'proposed', ruleVersion: '2026' },
      amounts: { contractAmountFen: 1_000, goodsFen: 200 },
    })
    expect(pack.missing.map(({ field }: { field: string }) => field)).toEqual(['payments', 'milestones'])
  })

  it('is a page where one is preferred, and markup of the parties is text in it', async () => {
    const url = await signed({ title: '<script>alert(1)</script>&“许可”' })
    const asPage = await provider.get(`${url}/registration-pack?format=html`)
    const browser = await provider.get(`${url}/registration-pack`, {
      headers: { accept: 'text/html,application/xhtml+xml,*/*' },
    })
    for (const page of [asPage, browser]) {
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
      expect(page.headers['content-security-policy']).toContain("default-src 'none'")
      expect(page.body).toContain('&lt;script&gt;')
      expect(page.body).not.toContain('<script')
    }
    expect((await provider.get(`${url}/registration-pack?format=json`)).json().dealId).toBe(url.split('/').pop())
  })
})

describe('lists', () => {
  it('show each side, the broker and the operator their deals, and others none', async () => {
    const { id } = (await open()).json()
    const idsFor = async (client: HttpClient) =>
      (await client.get('/v1/deals?stage=intent&source=introduction'))
        .json()
        .data.map((deal: { id: string }) => deal.id)
    for (const client of [acquirer, provider, broker, operator]) expect(await idsFor(client)).toEqual([id])
    expect(await idsFor(await harness.as(await harness.given.broker()))).toEqual([])
  })
})
