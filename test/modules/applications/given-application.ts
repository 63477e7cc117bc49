import { expect } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import type { Harness } from '../../support/harness.ts'
import type { HttpClient, HttpResponse } from '../../support/http.ts'

export const wan = (amount: number) => amount * 1_000_000

let keys = 0
export const key = () => {
  keys += 1
  return { headers: { 'idempotency-key': `finance-key-of-test-${keys}` } }
}

/** A bank with a product and an enterprise, both of ganxian, whose steps tests take. */
export type FinanceScene = Awaited<ReturnType<typeof financeScene>>

export async function financeScene(harness: Harness, product: Record<string, unknown> = {}) {
  const firm = await harness.given.organisation({ market: 'ganxian' })
  const bank = await harness.given.organisation({ kind: 'financial_institution', market: 'ganxian' })
  const applicant = await harness.as(firm)
  const provider = await harness.as(bank)
  const desk = await harness.as(await harness.given.operator('ganxian'))
  const productOf = async (change: Record<string, unknown> = {}, by: Principal = bank) =>
    (await harness.given.publishedFinanceProduct({ by, eligibilityRules: null, riskShares: null, ...change })).listing
      .id
  const productId = await productOf(product)
  const step = (by: HttpClient, id: string, input: object) =>
    by.post(`/v1/finance-applications/${id}/stage`, input, key())
  const open = (change: Record<string, unknown> = {}, by = applicant): Promise<HttpResponse> => {
    const { product: of = productId, ...body } = change
    const wanted = { amountFen: wan(200), termMonths: 12, purpose: '支付技术许可费', ...body }
    return by.post(`/v1/finance-products/${of}/applications`, wanted, key())
  }
  /** Through these steps of the provider, after the submission. */
  const taken = async (steps: object[], change: Record<string, unknown> = {}, by = applicant): Promise<string> => {
    const opened = await open(change, by)
    expect(opened.statusCode, opened.body).toBe(201)
    const { id } = opened.json()
    await step(by, id, { action: 'submit' })
    for (const input of steps) {
      const answer = await step(provider, id, input)
      expect(answer.statusCode, answer.body).toBe(200)
    }
    return id
  }
  return { firm, bank, applicant, provider, desk, productId, productOf, step, open, taken }
}

/** As far as a line of this amount. */
export const upToLine = (lineFen: number) => [
  { action: 'accept' },
  { action: 'start_due_diligence' },
  { action: 'approve', amountFen: lineFen },
]
