import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkGrowth } from '../../../../src/modules/statistics/domain/consistency.ts'
import { figuresOf, overviewDefinitions } from '../../../../src/modules/statistics/domain/figure.ts'
import { calibrationCurve, funnelOf, topicGaps } from '../../../../src/modules/statistics/domain/health.ts'
import { leastBasis, suppressColumn, suppressSmall } from '../../../../src/modules/statistics/domain/suppress.ts'

const countsOf = (counts: Record<string, [count: number, amount?: number]>) =>
  new Map(Object.entries(counts).map(([measure, [count, amount = 0]]) => [measure, { count, amount }]))

describe('a reported growth', () => {
  it('of 10.133 billion yuan by 4.723 billion is 87.3 %, not the 74.54 % of the press', () => {
    const found = checkGrowth({ value: 101.33, increase: 47.23, ratePercent: 74.54 })
    expect(found.isConsistent).toBe(false)
    expect(found.recomputedPercent).toBeCloseTo(87.3, 1)
    expect(found.differencePoints).toBeCloseTo(-12.76, 1)
  })

  it('that was rounded from true figures contradicts nothing', () => {
    const amount = fc.double({ min: 10, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(amount, fc.double({ min: 0.01, max: 5, noNaN: true }), (before, growth) => {
        const round = (x: number) => Math.round(x * 100) / 100
        const [value, increase] = [round(before * (1 + growth)), round(before * growth)]
        expect(checkGrowth({ value, increase, ratePercent: round(growth * 100) }).isConsistent).toBe(true)
      }),
    )
  })
})

describe('small numbers', () => {
  const figure = (basis: number): { value: number | null; basis: number; isSuppressed?: boolean } => ({
    value: basis,
    basis,
  })
  it('are hidden, and nothing and large ones are not', () => {
    expect(suppressSmall(figure(0))).toEqual(figure(0))
    expect(suppressSmall(figure(leastBasis))).toEqual(figure(leastBasis))
    expect(suppressSmall(figure(leastBasis - 1))).toEqual({ value: null, basis: 0, isSuppressed: true })
  })

  it('are never the only hidden cell of a column where another could be hidden with them', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12), { minLength: 2, maxLength: 9 }), (bases) => {
        const column = suppressColumn(bases.map(figure))
        const hidden = column.filter(({ isSuppressed }) => isSuppressed).length
        const filled = bases.filter((basis) => basis > 0).length
        if (hidden === 1) expect(filled).toBe(1)
      }),
    )
  })
})

describe('figures', () => {
  it('keep intents and closed amounts in units of their own', () => {
    const figures = figuresOf(
      overviewDefinitions,
      countsOf({ 'deal.opened': [3, 500], 'deal.signed': [2, 300] }),
      'now',
    )
    const amounts = figures.filter(({ unit }) => unit.startsWith('fen'))
    expect(amounts).toMatchObject([
      { name: 'intentAmount', unit: 'fen_intent', value: 500, basis: 3 },
      { name: 'closedAmount', unit: 'fen_closed', value: 300, basis: 2 },
      { name: 'registeredTechnologyAmount', unit: 'fen_closed', value: 0 },
    ])
    for (const { definition, asOf } of figures) expect([definition, asOf].every((text) => text.length > 0)).toBe(true)
  })

  it('of the funnel divide by the step before, and by nothing where there was none', () => {
    const steps = funnelOf(countsOf({ 'demand.published': [10], 'match.proposed': [40], 'match.approved': [4] }))
    expect(steps.map(({ shareOfPrevious }) => shareOfPrevious)).toEqual([null, 4, 0.1, 0, null, null])
  })

  it('of the calibration set the mean score against the share approved', () => {
    const curve = calibrationCurve(
      countsOf({ 'decided.8.approved': [3, 2_550_000], 'decided.8.rejected': [1, 850_000] }),
    )
    expect(curve).toHaveLength(10)
    expect(curve[8]).toMatchObject({ decided: 4, approved: 3, meanScore: 0.85, approvedShare: 0.75 })
    expect(curve[0]).toMatchObject({ decided: 0, meanScore: null, approvedShare: null })
  })

  it('of the topic gap put first what is wanted and not offered', () => {
    const gaps = topicGaps(
      new Map([
        ['energy', countsOf({ 'demand.published': [1], 'supply.published': [9] })],
        ['materials', countsOf({ 'demand.published': [3], 'supply.published': [1], 'demand.supplied': [2] })],
        ['*', countsOf({ 'demand.published': [4] })],
      ]),
    )
    expect(gaps.map(({ field }) => field)).toEqual(['materials', 'energy'])
    expect(gaps[0]).toMatchObject({ demandShare: 0.75, supplyShare: 0.1, suppliedShare: 2 / 3 })
  })
})
