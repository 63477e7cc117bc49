import { beforeAll, describe, expect, it } from 'vitest'
import { useHarness } from '../../support/harness.ts'
import { expectProblem } from '../../support/http.ts'
import { type FinanceScene, financeScene, upToLine, wan } from '../applications/given-application.ts'

const harness = useHarness()
const url = '/v1/statistics/financing'
let scene: FinanceScene

beforeAll(async () => {
  scene = await financeScene(harness)
  const second = await scene.productOf({ title: '科技企业信用贷款' })
  await scene.taken([
    ...upToLine(wan(100)),
    { action: 'draw', amountFen: wan(60) },
    { action: 'repay', amountFen: wan(10) },
  ])
  await scene.taken(upToLine(wan(50)), { product: second })
  await scene.taken([{ action: 'accept' }, { action: 'decline', reason: 'credit_risk' }])
  const overdue = await scene.taken([...upToLine(wan(50)), { action: 'draw', amountFen: wan(50) }])
  await scene.step(scene.provider, overdue, { action: 'mark_overdue' })
  await scene.step(scene.provider, overdue, { action: 'compensate', amountFen: wan(40) })
  await scene.open({ product: second })
})

type Figure = { name: string; value: number | null }
const valuesOf = (figures: Figure[]) => Object.fromEntries(figures.map(({ name, value }) => [name, value]))
const read = async (query: Record<string, string> = {}) => (await scene.desk.get(url, { query })).json()

describe('the statistics of financing', () => {
  it('keep every figure apart and recompute the rates', async () => {
    const { total, groups } = await read()
    expect(valuesOf(total)).toEqual({
      ...{ productsOnOffer: 2, applications: 4, applicants: 1, products: 2, approved: 3, declined: 1 },
      ...{ approvalRate: 0.75, lineAmount: wan(200), drawnAmount: wan(110), repaidAmount: wan(10) },
      ...{ compensatedAmount: wan(40), balanceAmount: wan(60), drawnShare: 0.55 },
    })
    expect(groups).toMatchObject([{ key: 'ganxian' }])
  })

  it('are by product and by month, for a period', async () => {
    const { groups } = await read({ groupBy: 'product' })
    const bySize = groups.map(({ title, figures }: { title: string; figures: Figure[] }) => [
      ...[title, valuesOf(figures).lineAmount],
    ])
    expect(bySize).toEqual(expect.arrayContaining([['科技企业信用贷款', wan(50)]]))
    const month = (await read({ groupBy: 'month' })).groups[0].key
    expect(month).toMatch(/^\d{4}-\d{2}$/)
    const none = await read({ to: '2001-01-01' })
    expect(valuesOf(none.total)).toMatchObject({ applications: 0, approvalRate: null, drawnShare: null })
    expect(none.groups).toEqual([])
  })

  it('are for the operators of the market', async () => {
    expectProblem(await harness.client.get(url), 'UNAUTHENTICATED')
    expectProblem(await scene.provider.get(url), 'FORBIDDEN')
    const far = await harness.as(await harness.given.operator('jiangsu'))
    expectProblem(await far.get(url, { query: { market: 'ganxian' } }), 'NOT_FOUND')
    expectProblem(await scene.desk.get(url, { query: { groupBy: 'bank' } }), 'VALIDATION_FAILED')
  })

  it('of others are checked against each other', async () => {
    const relations = [
      { name: '贷投联动余额', kind: 'growth', value: 101.33, increase: 47.23, ratePercent: 74.54 },
      { name: '余额占授信', kind: 'share', part: 131, whole: 345, digits: 0, ratePercent: 37.97 },
    ]
    const answer = await harness.client.post('/v1/statistics/figure-checks', { relations })
    expect(answer.json().relations, answer.body).toMatchObject([{ isConsistent: false }, { isConsistent: true }])
    const wrong = await harness.client.post('/v1/statistics/figure-checks', {
      relations: [{ name: 'x', kind: 'ratio' }],
    })
    expectProblem(wrong, 'VALIDATION_FAILED')
  })
})
