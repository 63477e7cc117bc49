import { beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem, type HttpClient } from '../../support/http.ts'

const harness = useHarness()
const wan = (amount: number) => amount * 1_000_000
const sha256 = 'a'.repeat(64)
const body = {
  ...{ amountFen: wan(200), termMonths: 12, purpose: '支付技术许可费', shareFields: ['staff'] },
  documents: [{ name: '审计报告.pdf', kind: '财务报表', sha256, sizeBytes: 10 }],
}
let firm: Principal
let bank: Principal
let applicant: HttpClient
let provider: HttpClient
let productId: string
let keys = 0

beforeEach(async () => {
  await harness.reset()
  firm = await harness.given.organisation({ market: 'ganxian' })
  bank = await harness.given.organisation({ kind: 'financial_institution', market: 'ganxian' })
  applicant = await harness.as(firm)
  provider = await harness.as(bank)
  const eligibilityRules = { rule: { compare: 'staff', is: '<=', to: 300 } }
  productId = (await harness.given.publishedFinanceProduct({ by: bank, eligibilityRules })).listing.id
  await declare('staff', 80)
  await declare('revenueFen', wan(3_200))
})

const declare = (field: string, value: unknown) =>
  applicant.post(`/v1/organisations/${firm.orgId}/evidence`, { field, value, asOf: '2025-12-31', source: '年报' })
const headers = () => {
  keys += 1
  return { headers: { 'idempotency-key': `application-key-${keys}` } }
}
const open = async (change = {}) =>
  applicant.post(`/v1/finance-products/${productId}/applications`, { ...body, ...change }, headers())
const step = (by: HttpClient, id: string, input: object) =>
  by.post(`/v1/finance-applications/${id}/stage`, input, headers())

/** An application taken as far as the approval of a line. */
async function approved(lineFen = wan(100)): Promise<string> {
  const { id } = (await open()).json()
  await step(applicant, id, { action: 'submit' })
  for (const input of [
    { action: 'accept' },
    { action: 'start_due_diligence' },
    { action: 'approve', amountFen: lineFen },
  ]) {
    const answer = await step(provider, id, input)
    expect(answer.statusCode, answer.body).toBe(200)
  }
  return id
}

describe('an application', () => {
  it('goes from the pre-check to the last repayment with every figure apart, and tells the other side', async () => {
    const id = await approved()
    await step(provider, id, { action: 'guarantee' })
    await step(provider, id, { action: 'draw', amountFen: wan(60), on: '2026-03-01' })
    await step(provider, id, { action: 'draw', amountFen: wan(40) })
    await step(provider, id, { action: 'repay', amountFen: wan(30) })
    expectProblem(await step(provider, id, { action: 'settle' }), 'LIMIT_EXCEEDED')
    await step(provider, id, { action: 'repay', amountFen: wan(70) })
    expect((await step(provider, id, { action: 'settle' })).json()).toMatchObject({
      ...{ stage: 'settled', amountFen: wan(200), lineFen: wan(100), drawnFen: wan(100), repaidFen: wan(100) },
      ...{ compensatedFen: 0, balanceFen: 0, allowedActions: [] },
    })
    const { steps } = (await applicant.get(`/v1/finance-applications/${id}`)).json()
    expect(steps.map(({ action }: { action: string }) => action)).toEqual([
      ...['create', 'submit', 'accept', 'start_due_diligence', 'approve', 'guarantee', 'draw', 'draw'],
      ...['repay', 'repay', 'settle'],
    ])
    expect(steps[6]).toMatchObject({ movement: 'drawing', amountFen: wan(60), movedOn: '2026-03-01' })
    await harness.drain()
    const inbox = (await applicant.get('/v1/notifications')).json().data
    expect(inbox.map(({ kind }: { kind: string }) => kind)).toContain('application.stage_changed')
  })

  it('is drawn to its line and never above, also by two drawings at the same moment', async () => {
    const id = await approved(wan(100))
    expectProblem(await step(provider, id, { action: 'draw', amountFen: wan(100) + 1 }), 'LIMIT_EXCEEDED')
    expectProblem(
      await step(provider, id, { action: 'draw', amountFen: wan(1), on: '2099-01-01' }),
      'VALIDATION_FAILED',
    )
    const two = await Promise.all(
      [60, 60].map((amount) => step(provider, id, { action: 'draw', amountFen: wan(amount) })),
    )
    expect(two.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
    expectProblem(await step(provider, id, { action: 'repay', amountFen: wan(61) }), 'LIMIT_EXCEEDED')
  })

  it('is compensated when overdue, for no more than is owed', async () => {
    const id = await approved()
    await step(provider, id, { action: 'draw', amountFen: wan(100) })
    await step(provider, id, { action: 'mark_overdue' })
    expectProblem(await step(provider, id, { action: 'compensate', amountFen: wan(101) }), 'LIMIT_EXCEEDED')
    expect((await step(provider, id, { action: 'compensate', amountFen: wan(80) })).json()).toMatchObject({
      ...{ stage: 'compensated', compensatedFen: wan(80), balanceFen: wan(20) },
    })
  })

  it('shows the bank what was granted, and nothing before it is submitted', async () => {
    const { id, preCheck } = (await open()).json()
    expect(preCheck).toMatchObject({ answer: 'yes', missing: [] })
    const url = `/v1/finance-applications/${id}`
    expectProblem(await provider.get(url), 'NOT_FOUND')
    await step(applicant, id, { action: 'submit' })
    const seen = await provider.get(url)
    expect(seen.json().shared).toEqual([
      { field: 'staff', label: '职工总数', value: '80', isVerified: false, source: '年报' },
    ])
    expect(seen.body).not.toContain('3200')
    const stranger = await harness.as(
      await harness.given.organisation({ kind: 'financial_institution', market: 'ganxian' }),
    )
    expectProblem(await stranger.get(url), 'NOT_FOUND')
    expectProblem(await step(stranger, id, { action: 'accept' }), 'NOT_FOUND')
    expect((await provider.get('/v1/finance-applications', { query: { role: 'provider' } })).json().data).toHaveLength(
      1,
    )
    expect((await provider.get('/v1/finance-applications', { query: { role: 'applicant' } })).json().data).toEqual([])
  })

  it('is late when the provider lets its days pass', async () => {
    const { id } = (await open()).json()
    await step(applicant, id, { action: 'submit' })
    const late = async () =>
      (await (await harness.as(bank)).get('/v1/finance-applications', { query: { late: 'true' } })).json().data
    expect(await late()).toEqual([])
    harness.clock.advance('4d')
    expect(await late()).toMatchObject([{ id, isLate: true }])
  })

  it('belongs to two sides, each with its own steps, and needs a key', async () => {
    const { id } = (await open()).json()
    expectProblem(
      await applicant.post(`/v1/finance-applications/${id}/stage`, { action: 'submit' }),
      'IDEMPOTENCY_KEY_REQUIRED',
    )
    expectProblem(await step(applicant, id, { action: 'accept' }), 'FORBIDDEN')
    await step(applicant, id, { action: 'submit' })
    expectProblem(await step(provider, id, { action: 'withdraw' }), 'FORBIDDEN')
    expectProblem(await step(provider, id, { action: 'approve', amountFen: 1 }), 'TRANSITION_NOT_ALLOWED')
    expectProblem(await step(provider, id, { action: 'decline' }), 'VALIDATION_FAILED')
    expectProblem(await step(provider, id, { action: 'accept', amountFen: 5 }), 'VALIDATION_FAILED')
    expectProblem(await step(harness.client, id, { action: 'accept' }), 'UNAUTHENTICATED')
    const declined = await step(provider, id, { action: 'decline', reason: 'credit_risk' })
    expect(declined.json()).toMatchObject({ stage: 'declined', declineReason: 'credit_risk' })
  })

  it('is one at a time for a product, the same for the same key, and within the product’s amounts', async () => {
    const sent = headers()
    const url = `/v1/finance-products/${productId}/applications`
    const [one, other] = [await applicant.post(url, body, sent), await applicant.post(url, body, sent)]
    expect([one.statusCode, other.json()]).toEqual([201, one.json()])
    expectProblem(await open(), 'ALREADY_EXISTS')
    expectProblem(await open({ amountFen: 1.5 }), 'VALIDATION_FAILED')
    expectProblem(await open({ amountFen: wan(501) }), 'VALIDATION_FAILED')
    expectProblem(await applicant.post(url, body), 'IDEMPOTENCY_KEY_REQUIRED')
  })

  it('that the rules refuse is not submitted', async () => {
    await applicant.post(`/v1/organisations/${firm.orgId}/evidence`, {
      field: 'staff',
      value: 301,
      asOf: '2026-01-31',
      source: '年报',
    })
    const { id, preCheck } = (await open()).json()
    expect(preCheck.answer).toBe('no')
    expectProblem(await step(applicant, id, { action: 'submit' }), 'NOT_ELIGIBLE')
  })

  it('has the sums of its steps, whoever writes', async () => {
    const id = await approved()
    await step(provider, id, { action: 'draw', amountFen: wan(10) })
    const forged = harness.database.pool.query(`update finance_applications set drawn_fen = drawn_fen + 1`)
    await expect(forged).rejects.toThrow('are not the sums of its steps')
    expect((await applicant.get(`/v1/finance-applications/${id}`)).json().drawnFen).toBe(wan(10))
  })
})
