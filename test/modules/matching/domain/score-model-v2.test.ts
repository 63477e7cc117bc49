import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairValue, scorePair } from '../../../../src/modules/matching/domain/score.ts'
import { scoreModelV1 } from '../../../../src/modules/matching/domain/score-model-v1.ts'
import { scoreModelV2 } from '../../../../src/modules/matching/domain/score-model-v2.ts'
import type { Facts } from '../../../../src/modules/matching/domain/types.ts'
import { factsIn } from './indicators/facts.ts'
import { preparedDemand, preparedSupply, TITLES } from './market.ts'

const anyTexts = fc.record({
  title: fc.constantFrom(...TITLES, '', '🚀', 'PVC 3.5mm'),
  body: fc.constantFrom('', '需要高强度铝合金压铸件', '印染废水回用'),
  fields: fc.subarray(['new-energy', 'new-materials']),
  ipc: fc.subarray(['H01M', 'B22D17/00']),
})

function value(demand: Partial<Facts>, supply: Partial<Facts>): number {
  const same = { title: TITLES[0] }
  return pairValue(preparedDemand({ ...same, ...demand }), preparedSupply({ ...same, ...supply }), scoreModelV2)
}

describe('scoreModelV2', () => {
  it('gives pairs without structured facts the very score of v1', () => {
    fc.assert(
      fc.property(anyTexts, anyTexts, (d, s) => {
        const [demand, supply] = [preparedDemand(d), preparedSupply(s)]
        const [one, two] = [scoreModelV1, scoreModelV2].map((model) => scorePair(demand, supply, model))
        expect([two?.value, two?.level]).toEqual([one?.value, one?.level])
        expect(pairValue(demand, supply, scoreModelV2)).toBe(two?.value)
      }),
    )
  })

  it('has no weight below zero, so that it rises with every feature', () => {
    for (const { weight, deviation } of scoreModelV2.features) {
      expect(weight).toBeGreaterThanOrEqual(0)
      expect(deviation).toBeGreaterThan(0)
    }
  })

  it('orders met, silent and missed indicators', () => {
    const wanted = { indicators: factsIn('抗拉强度≥280MPa') }
    const met = value(wanted, { indicators: factsIn('抗拉强度≥300MPa') })
    const silent = value(wanted, {})
    const near = value(wanted, { indicators: factsIn('抗拉强度≥270MPa') })
    const missed = value(wanted, { indicators: factsIn('抗拉强度≥100MPa') })
    expect(met).toBeGreaterThan(silent)
    expect(silent).toBeGreaterThan(near)
    expect(near).toBeGreaterThan(missed)
  })

  it('prefers the near, the riper, the affordable and the confirmed', () => {
    const home = { region: '330206', trlMin: 5, priceMaxFen: 100 }
    expect(value(home, { region: '330206' })).toBeGreaterThan(value(home, { region: '440300' }))
    expect(value(home, { trlMin: 8, trlMax: 8 })).toBeGreaterThan(value(home, { trlMin: 5, trlMax: 5 }))
    expect(value(home, { priceMinFen: 20 })).toBeGreaterThan(value(home, { priceMinFen: 99 }))
    expect(value(home, {})).toBeGreaterThan(value(home, { trustCode: 'yellow' }))
  })

  it('lets no convenience make up for another subject', () => {
    const ease = { region: '330206', cooperationModes: ['equity'], indicators: factsIn('抗拉强度≥280MPa') }
    const demand = { ...ease, title: '高强度铝合金压铸件', trlMin: 5, priceMaxFen: 100 }
    const supply = { ...ease, title: '水稻病虫害智能识别系统', trlMin: 9, trlMax: 9, priceMinFen: 1 }
    expect(value(demand, supply)).toBeLessThan(0.2)
  })
})
