import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentCharacters } from '../../../../../src/modules/matching/domain/features/content-characters.ts'
import { contentPreference } from '../../../../../src/modules/matching/domain/features/content-preference.ts'
import { demandCrowd } from '../../../../../src/modules/matching/domain/features/demand-crowd.ts'
import { contentStanding } from '../../../../../src/modules/matching/domain/features/standing.ts'
import { prepare } from '../../../../../src/modules/matching/domain/prepare.ts'
import { trainTextModel } from '../../../../../src/modules/matching/domain/text-model.ts'
import { aDemand, aSupply, TITLES } from '../market.ts'

/** Every second title of the market asked for, with a neighbour as its body: half of them mention a system. */
const demands = TITLES.filter((_, i) => i % 2 === 0).map((title, i) => ({
  title,
  body: `需要解决${TITLES[i * 2 + 1]}的问题${i % 2 === 0 ? '，建设监测系统' : ''}`,
}))
const textModel = trainTextModel(TITLES, { dimensions: 160, seed: 7 }, demands)
const supplyOf = (title: string) => prepare(aSupply({ title }), textModel)
const preparedDemands = demands.map((text) => prepare(aDemand(text), textModel))
const anyTitle = fc.constantFrom(...TITLES)
const anyDemand = fc.constantFrom(...preparedDemands)

describe('content_preference', () => {
  it('meets in the crowd the standings that content_standing measures one by one', () => {
    fc.assert(
      fc.property(anyTitle, (title) => {
        const supply = supplyOf(title)
        const standings = [
          ...demandCrowd(textModel)(supply.titleGrams ?? { ids: new Uint32Array(), weights: new Float32Array() }),
        ]
        const measured = preparedDemands.map((demand) => contentStanding.measure(demand, supply) ?? 0)
        expect(standings.sort(ascending)).toEqual(measured.sort(ascending).map((value) => expect.closeTo(value, 5)))
      }),
      { numRuns: 20 },
    )
  })

  it('orders the demands of one supply as content_standing does', () => {
    fc.assert(
      fc.property(anyTitle, anyDemand, anyDemand, (title, one, other) => {
        const supply = supplyOf(title)
        const [byPreference, byStanding] = [contentPreference, contentStanding].map(
          ({ measure }) => (measure(one, supply) ?? 0) - (measure(other, supply) ?? 0),
        )
        expect(Math.sign(byPreference ?? 0)).toBe(Math.sign(byStanding ?? 0))
      }),
    )
  })

  it('thinks less of a title that many demands mention than of one that few do', () => {
    const crowded = prepare(aDemand({ title: '港口集装箱自动导引车', body: '建设监测系统，自动导引车调度' }), textModel)
    const [common, own] = ['监测系统', '导引车调度'].map(supplyOf)
    if (common === undefined || own === undefined) throw new Error('two supplies were prepared')
    const loss = (supply: typeof common) =>
      (contentStanding.measure(crowded, supply) ?? 0) - (contentPreference.measure(crowded, supply) ?? 0)
    expect(loss(common)).toBeGreaterThan(loss(own))
  })

  it('is the content standing where no demand is known, asks the title of a demand without a body, and is absent without a title', () => {
    const alone = trainTextModel(TITLES, { dimensions: 160, seed: 7 })
    const demand = prepare(aDemand({ title: '铝合金压铸件', body: '铸件开裂' }), alone)
    const supply = prepare(aSupply({ title: TITLES[5] }), alone)
    expect(contentPreference.measure(demand, supply)).toBe(contentStanding.measure(demand, supply))
    const bodyless = prepare(aDemand({ title: '铝合金压铸件' }), textModel)
    expect(contentPreference.measure(bodyless, supplyOf(TITLES[5]))).toBeGreaterThan(2)
    expect(contentPreference.measure(bodyless, supplyOf(TITLES[30]))).toBeLessThan(1)
    const [first] = preparedDemands
    expect(first && contentPreference.measure(first, supplyOf('🚀'))).toBeUndefined()
  })

  it('is finite for any two texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (body, title) => {
        const demand = prepare(aDemand({ title: '铝合金', body }), textModel)
        expect(contentPreference.measure(demand, supplyOf(title)) ?? 0).toSatisfy(Number.isFinite)
      }),
    )
  })

  it('rests on the phrases that the overlap rests on', () => {
    const demand = prepare(aDemand({ title: '铝合金压铸件', body: '铝合金压铸件成形开裂' }), textModel)
    const supply = supplyOf('高强度铝合金压铸件成形技术')
    expect(contentPreference.evidence(demand, supply)).toEqual(contentCharacters.evidence(demand, supply))
    expect(contentPreference.evidence(demand, supply).length).toBeGreaterThan(0)
  })
})

function ascending(a: number, b: number): number {
  return a - b
}
