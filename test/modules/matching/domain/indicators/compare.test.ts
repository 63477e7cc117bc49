import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compareIndicators,
  prepareIndicators,
  satisfaction,
} from '../../../../../src/modules/matching/domain/indicators/compare.ts'
import type { IndicatorFact } from '../../../../../src/modules/matching/domain/types.ts'
import { aDemand, aSupply } from '../market.ts'
import { factsIn } from './facts.ts'

const demandOf = (indicators: IndicatorFact[]) => prepareIndicators(aDemand({ indicators }))
const supplyOf = (indicators: IndicatorFact[]) => prepareIndicators(aSupply({ indicators }))

function verdictOf(wanted: string, offered: string) {
  const [comparison] = compareIndicators(demandOf(factsIn(wanted)), supplyOf(factsIn(offered)))
  return comparison?.reason ?? comparison?.verdict
}

describe('compareIndicators', () => {
  it.each([
    // The same property in the same words.
    ['减重≥15%', '减重18%以上', 'met'],
    ['减重≥15%', '减重≥15%', 'met'],
    ['减重≥15%', '减重≥10%', 'unmet'],
    ['泄漏量≤8mL/min', '泄漏量≤5mL/min', 'met'],
    ['泄漏量≤5mL/min', '泄漏量≤8mL/min', 'unmet'],
    ['抗拉强度≥230MPa', '抗拉强度 240MPa', 'met'],
    ['抗拉强度≥230MPa', '抗拉强度 200MPa', 'unmet'],
    // In other units.
    ['厚度≤0.5mm', '厚度≤400μm', 'met'],
    ['厚度≤0.5mm', '厚度≤600微米', 'unmet'],
    ['处理能力≥1吨/小时', '处理能力≥20kg/min', 'met'],
    ['真空度≤10Pa', '真空度≤0.05mbar', 'met'],
    ['单台成本≤50万元', '单台成本不超过400000元', 'met'],
    // In other words.
    ['耐温≥600℃', '使用温度≥650℃', 'met'],
    ['工作温度≥600℃', '耐高温700度以上', 'met'],
    ['定位误差≤0.05mm', '定位精度±0.02mm', 'met'],
    ['使用寿命≥5000小时', '催化剂寿命≥8000h', 'met'],
    ['能耗降低≥10%', '整机能耗下降12%以上', 'met'],
    ['减重≥15%', '重量降低20%', 'met'],
    ['成活率≥80%', '海区网箱试验越冬成活率≥85%', 'met'],
    // A single figure is a floor or a ceiling by what it is about.
    ['抗拉强度 300MPa', '抗拉强度 350MPa', 'met'],
    ['定位误差 0.1mm', '定位误差 0.05mm', 'met'],
    ['孔径 0.22μm', '孔径 0.22μm', 'met'],
    ['孔径 0.22μm', '孔径 0.45μm', 'unmet'],
    // Ranges.
    ['壁厚3~5mm', '壁厚4mm', 'met'],
    ['壁厚3~5mm', '壁厚3.5~4mm', 'met'],
    ['壁厚3~5mm', '壁厚2~4mm', 'unmet'],
    ['工作温度-30℃~75℃', '工作温度-40℃~85℃', 'met'],
    ['工作温度-40℃~85℃', '工作温度-30℃~75℃', 'unmet'],
    ['耐温≥600℃', '使用温度-40~650℃', 'met'],
    ['耐温≥600℃', '使用温度-40~500℃', 'unmet'],
    // What leaves it open.
    ['抗拉强度≥230MPa', '抗拉强度≤400MPa', 'open'],
    ['孔径 0.22μm', '孔径≤1μm', 'open'],
    // What is another property, however alike it is written.
    ['抗拉强度≥230MPa', '抗压强度≥400MPa', 'not_stated'],
    ['抗拉强度≥230MPa', '', 'not_stated'],
    ['效率提高≥30%', '效率≥95%', 'not_stated'],
    ['输入功率≤5kW', '输出功率≤4kW', 'not_stated'],
    ['耐温≥600℃', '耐压≥600MPa', 'not_stated'],
    ['充电时间≤1h', '放电时间≤0.5h', 'not_stated'],
    // Contradictions are told, never averaged.
    ['抗拉强度≥230MPa', '抗拉强度≥240MPa，抗拉强度≥200MPa', 'contradictory'],
    ['抗拉强度≥230MPa，抗拉强度≤200MPa', '抗拉强度≥240MPa', 'contradictory'],
  ])('finds for "%s" against "%s": %s', (wanted, offered, expected) => {
    expect(verdictOf(wanted, offered)).toBe(expected)
  })

  it('says by how much', () => {
    const [better] = compareIndicators(demandOf(factsIn('减重≥15%')), supplyOf(factsIn('减重≥18%')))
    const [worse] = compareIndicators(demandOf(factsIn('泄漏量≤5mL/min')), supplyOf(factsIn('泄漏量≤6mL/min')))
    expect(better?.margin).toBeCloseTo(0.2, 9)
    expect(worse?.margin).toBeCloseTo(-0.2, 9)
  })

  it('lets a bare figure of a text be met but not missed', () => {
    const bare = factsIn('孔径 0.22μm', 'read')
    expect(compareIndicators(demandOf(bare), supplyOf(factsIn('孔径 0.22μm')))[0]?.verdict).toBe('met')
    expect(compareIndicators(demandOf(bare), supplyOf(factsIn('孔径 0.45μm')))[0]?.verdict).toBe('unknown')
  })

  it('believes a declared bound before a figure in passing', () => {
    const offered = [...factsIn('抗拉强度≥240MPa'), ...factsIn('抗拉强度 180MPa', 'read')]
    expect(compareIndicators(demandOf(factsIn('抗拉强度≥230MPa')), supplyOf(offered))[0]?.verdict).toBe('met')
  })

  it('compares units that nobody knows with themselves only', () => {
    const unknown = (unit: string, value: number): IndicatorFact => ({
      ...{ name: '浓度', operator: '>=', value, unit, min: value },
      ...{ quantity: `unit ${unit}`, source: 'declared', isBound: true },
    })
    expect(compareIndicators(demandOf([unknown('堆', 2)]), supplyOf([unknown('堆', 3)]))[0]?.verdict).toBe('met')
    expect(compareIndicators(demandOf([unknown('堆', 2)]), supplyOf([unknown('批', 3)]))[0]?.verdict).toBe('unknown')
  })
})

const anyFact = fc.record({
  name: fc.constantFrom('抗拉强度', '抗压强度', '泄漏量', '寿命', '', '🚀', '耐温', '效率提高'),
  operator: fc.constantFrom('>=', '<=', '>', '<', '=', 'range'),
  value: fc.double({ noNaN: true, noDefaultInfinity: true }),
  quantity: fc.constantFrom('pressure', 'ratio', 'number', ''),
  min: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: undefined }),
  max: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: undefined }),
  source: fc.constantFrom('declared', 'read'),
  isBound: fc.boolean(),
}) as fc.Arbitrary<IndicatorFact>

describe('satisfaction', () => {
  it('is the mean worth of what can be judged, between 0 and 1, and no number when nothing can', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 20 }), fc.array(anyFact, { maxLength: 20 }), (wanted, offered) => {
        const [demand, supply] = [demandOf(wanted), supplyOf(offered)]
        const value = satisfaction(demand, supply)
        const judged = compareIndicators(demand, supply).filter(({ verdict }) => verdict !== 'unknown')
        expect(value === undefined).toBe(judged.length === 0)
        if (value === undefined) return
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(1)
        if (judged.every(({ verdict }) => verdict === 'met')) expect(value).toBe(1)
        if (judged.every(({ verdict }) => verdict === 'unmet')) expect(value).toBeLessThanOrEqual(0.5)
      }),
    )
  })

  it('rises as the offer comes nearer to the bound', () => {
    const demand = demandOf(factsIn('抗拉强度≥300MPa'))
    const values = [100, 200, 270, 290, 300, 400].map((offer) =>
      satisfaction(demand, supplyOf(factsIn(`抗拉强度≥${offer}MPa`))),
    )
    expect([...values].sort((a = 0, b = 0) => a - b)).toEqual(values)
    expect(values[0]).toBe(0)
    expect(values.at(-1)).toBe(1)
  })
})
