import { describe, expect, it } from 'vitest'
import { describeStep } from '../../../../../src/modules/matching/domain/near-misses/describe-step.ts'
import type { Step } from '../../../../../src/modules/matching/domain/near-misses/step.ts'
import { aDemand, aSupply } from '../market.ts'

const names = { zh: (_: string, code: string) => `「${code}」`, en: (_: string, code: string) => `"${code}"` }
const demand = aDemand({
  ...{ priceMaxFen: 50_000_000, trlMin: 7, trlMax: 8, deadline: '2026-11-10' },
  ...{ acceptedRegions: ['330206'], cooperationModes: ['equity'] },
})
const supply = aSupply({ priceMinFen: 60_000_000, trlMin: 5, trlMax: 5, cooperationModes: ['equity'] })

describe('describeStep', () => {
  it.each<[Step, object]>([
    [
      { axis: 'price', reach: 10_000_000 },
      { kind: 'raise_budget', to: 60_000_000, cost: 30, zh: '预算上限由 50 万元提高到 60 万元（+20%）' },
    ],
    [
      { axis: 'maturity_floor', reach: 1 },
      { kind: 'lower_maturity', field: 'trlMin', from: 7, to: 6, cost: 30, zh: '成熟度下限由 7 级降到 6 级' },
    ],
    [
      { axis: 'maturity_ceiling', reach: 1 },
      { kind: 'raise_maturity', field: 'trlMax', from: 8, to: 9, cost: 30, zh: '成熟度上限由 8 级提高到 9 级' },
    ],
    [
      { axis: 'region', reach: 2 },
      { kind: 'widen_region', to: ['330000'], cost: 35, en: 'Accept all of "330000"' },
    ],
    [
      { axis: 'region', reach: 3 },
      { kind: 'widen_region', to: null, cost: 60, zh: '不限来源地域' },
    ],
    [
      { axis: 'deadline', reach: 10 },
      { kind: 'extend_deadline', to: '2026-11-20', cost: 15, zh: '期限由 2026-11-10 延后 10 天至 2026-11-20 或更晚' },
    ],
    [
      { axis: 'mode:assignment', reach: 1 },
      { kind: 'add_cooperation_mode', to: 'assignment', cost: 50, zh: '合作方式也接受「assignment」' },
    ],
  ])('says what %j changes for a demand, in which field, and at what cost', (step, told) => {
    expect(describeStep(demand, step, names)).toMatchObject(told)
  })

  it.each<[Step, object]>([
    [
      { axis: 'price', reach: 10_000_000 },
      { kind: 'lower_price', to: 50_000_000, en: 'Lower the price from CNY 600,000 to CNY 500,000 (−17%)' },
    ],
    [
      { axis: 'maturity_ceiling', reach: 1 },
      { kind: 'ripen', field: undefined, from: 5, to: 6, cost: 50 },
    ],
    [
      { axis: 'mode:assignment', reach: 1 },
      { kind: 'add_cooperation_mode', en: 'Also offer: "assignment"' },
    ],
  ])('says what %j changes for a supply', (step, told) => {
    expect(describeStep(supply, step, names)).toMatchObject(told)
  })

  it('names no share of a budget of nothing', () => {
    const told = describeStep(aDemand({ priceMaxFen: 0 }), { axis: 'price', reach: 100 }, names)
    expect(told).toMatchObject({ zh: '预算上限由 0 元提高到 1 元', cost: 1010 })
  })
})
