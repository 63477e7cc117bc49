import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { chaseLateSteps } from '../../../src/modules/applications/chase-late-steps.ts'
import { type Action, applicationLifecycle, type Stage } from '../../../src/modules/applications/domain/lifecycle.ts'
import { quotaOf } from '../../../src/modules/applications/domain/quota.ts'
import { examplePolicyBody } from '../../../src/modules/policies/examples.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem } from '../../support/http.ts'
import { type FinanceScene, financeScene, key, upToLine, wan } from './given-application.ts'

const harness = useHarness()
let scene: FinanceScene

beforeEach(async () => {
  await harness.reset()
  scene = await financeScene(harness, { quotaLeftFen: wan(250), rate: { kind: 'fixed', percent: 3.6 } })
})

const leftOf = async (id = scene.productId) =>
  (await scene.applicant.get(`/v1/finance-products/${id}`)).json().quotaLeftFen

describe('the quota of a product', () => {
  it('is lowered as an application goes on, and given back by a refusal and what was not drawn', async () => {
    const { step, provider, open, applicant } = scene
    const { id } = (await open()).json()
    await step(applicant, id, { action: 'submit' })
    expect(await leftOf()).toBe(wan(250))
    await step(provider, id, { action: 'accept' })
    expect(await leftOf()).toBe(wan(50))
    await step(provider, id, { action: 'decline', reason: 'credit_risk' })
    expect(await leftOf()).toBe(wan(250))
    const second = await scene.taken([...upToLine(wan(120)), { action: 'draw', amountFen: wan(70) }])
    expect(await leftOf()).toBe(wan(130))
    await step(provider, second, { action: 'repay', amountFen: wan(70) })
    await step(provider, second, { action: 'settle' })
    expect(await leftOf()).toBe(wan(180))
    const { data: history } = (await provider.get(`/v1/finance-products/${scene.productId}/history`)).json()
    expect(history[0]).toMatchObject({ changedFields: ['quotaLeftFen'] })
  })

  it('is refused when it is exhausted, also for two at the same moment, and the product says so', async () => {
    const others = [await harness.given.organisation({ market: 'ganxian' }), scene.firm]
    const ids = []
    for (const one of others) {
      const by = await harness.as(one)
      const { id } = (await scene.open({}, by)).json()
      await scene.step(by, id, { action: 'submit' })
      ids.push(id)
    }
    const both = await Promise.all(ids.map((id) => scene.step(scene.provider, id, { action: 'accept' })))
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
    const refused = both.find(({ statusCode }) => statusCode === 409)
    expect(refused && expectProblem(refused, 'LIMIT_EXCEEDED')).toMatchObject({ leftFen: wan(50) })
    expect(await leftOf()).toBe(wan(50))
  })

  it('and what applications hold are together what it was, on every way through an application', () => {
    const line = 70
    const drawn = 30
    const nextOf = (stage: Stage) => Object.entries(applicationLifecycle[stage]) as [Action, Stage][]
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 9 }), { maxLength: 14 }), (choices) => {
        let [stage, left, held]: [Stage, number, number] = ['pre_checked', 1_000, 0]
        for (const choice of choices) {
          const ways = nextOf(stage)
          const way = ways[choice % Math.max(1, ways.length)]
          if (way === undefined) break
          stage = way[1]
          const needed = quotaOf({ stage, amountFen: 100, lineFen: line, drawnFen: drawn })
          left -= needed - held
          held = needed
          expect(left + held).toBe(1_000)
        }
        if (stage === 'declined' || stage === 'withdrawn') expect(left).toBe(1_000)
      }),
    )
  })
})

describe('what an application names', () => {
  it('is a match of the applicant’s own demand', async () => {
    const { listing: demand } = await harness.given.publishedDemand({ by: scene.firm, market: 'ganxian' })
    await harness.given.publishedSupply({ market: 'ganxian' })
    await harness.drain()
    const { data } = (await scene.applicant.get(`/v1/demands/${demand.id}/matches`)).json()
    const matchId = data[0].id
    const stranger = await harness.as(await harness.given.organisation({ market: 'ganxian' }))
    const problem = expectProblem(await scene.open({ matchId }, stranger), 'VALIDATION_FAILED')
    expect(problem.errors).toMatchObject([{ pointer: '#/matchId', code: 'unknown_match' }])
    expectProblem(await scene.open({ matchId: 'mat_01k9w3ynwzf5yr8t6x2m4q7c1a' }), 'VALIDATION_FAILED')
    expect((await scene.open({ matchId })).json()).toMatchObject({ matchId })
  })
})

describe('a late step', () => {
  it('is chased once, and again only when the next one is late', async () => {
    const { id } = (await scene.open()).json()
    await scene.step(scene.applicant, id, { action: 'submit' })
    const lateNotices = async () => {
      await harness.drain()
      const bank = await harness.as(scene.bank)
      const { data } = (await bank.get('/v1/notifications')).json()
      return data.filter(({ kind }: { kind: string }) => kind === 'application.step_late').length
    }
    const chase = () => chaseLateSteps(harness.deps)
    await chase()
    expect(await lateNotices()).toBe(0)
    harness.clock.advance('4d')
    await Promise.all([chase(), chase()])
    expect(await lateNotices()).toBe(1)
    await chase()
    expect(await lateNotices()).toBe(1)
    await scene.step(await harness.as(scene.bank), id, { action: 'accept' })
    harness.clock.advance('4d')
    await chase()
    expect(await lateNotices()).toBe(2)
  })
})

describe('an interest subsidy', () => {
  it('is claimed for a year of a loan, by what was owed day by day, once', async () => {
    const policy = {
      ...{ ...examplePolicyBody, title: '科技贷款贴息', category: 'interest_subsidy', effectiveFrom: '2020-01-01' },
      rules: { rule: { prefix: 'market', in: ['ganxian'] } },
      benefit: { form: 'loan_interest', basisPoints: 5_000, capFen: wan(2), years: 2 },
    }
    const { id: policyId } = (await scene.desk.post('/v1/policies', policy)).json()
    await scene.desk.post(`/v1/policies/${policyId}/publish`)
    const drawing = { action: 'draw', amountFen: wan(100), on: '2025-01-01' }
    const half = { action: 'repay', amountFen: wan(50), on: '2025-07-01' }
    const applicationId = await scene.taken([...upToLine(wan(100)), drawing, half])
    const claim = (body: object, by = scene.applicant) => by.post(`/v1/policies/${policyId}/redemptions`, body, key())
    const pointerOf = async (body: object) =>
      expectProblem(await claim(body), 'VALIDATION_FAILED').errors?.map(({ pointer }) => pointer)
    expect(await pointerOf({})).toEqual(['#/applicationId'])
    expect(await pointerOf({ applicationId, loanYear: 3 })).toEqual(['#/loanYear'])
    expect(await pointerOf({ applicationId, loanYear: 2 })).toEqual(['#/loanYear'])
    const stranger = await harness.as(await harness.given.organisation({ market: 'ganxian' }))
    expectProblem(await claim({ applicationId, loanYear: 1 }, stranger), 'NOT_FOUND')
    // 1,000,000 yuan for 181 days and 500,000 for 184, at 3.6 % of 360 days: 18,100 + 9,200 yuan; half of it
    const check = await scene.applicant.post(`/v1/policies/${policyId}/checks`, { applicationId, loanYear: 1 })
    expect(check.json(), check.body).toMatchObject({ answer: 'yes', benefitFen: 1_365_000 })
    const claimed = await claim({ applicationId, loanYear: 1 })
    expect(claimed.json(), claimed.body).toMatchObject({ claimedFen: 1_365_000, applicationId, loanYear: 1 })
    expectProblem(await claim({ applicationId, loanYear: 1 }), 'ALREADY_EXISTS')
    const confirmed = await scene.desk.post(`/v1/policy-redemptions/${claimed.json().id}/confirmation`, {}, key())
    expect(confirmed.json(), confirmed.body).toMatchObject({ state: 'confirmed', amountFen: 1_365_000 })
  })
})
