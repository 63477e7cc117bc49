import { describe, expect, it } from 'vitest'
import type { FeatureName } from '../../../../../src/modules/matching/domain/features/feature.ts'
import { FEATURES } from '../../../../../src/modules/matching/domain/features/features.ts'
import type { Facts } from '../../../../../src/modules/matching/domain/types.ts'
import { preparedDemand, preparedSupply } from '../market.ts'

function measured(feature: FeatureName, demand: Partial<Facts>, supply: Partial<Facts>) {
  return FEATURES[feature].measure(preparedDemand(demand), preparedSupply(supply))
}

describe('commercial_fit', () => {
  it('falls as the lowest price nears the budget and passes it', () => {
    const values = [0, 50, 80, 100, 130, 150, 900].map((priceMinFen) =>
      measured('commercial_fit', { priceMaxFen: 100 }, { priceMinFen }),
    )
    expect(values).toEqual([1, 1, expect.closeTo(0.7), 0.5, expect.closeTo(0.2), 0, 0])
  })

  it('counts shared modes, without those that the rights do not allow', () => {
    const wanted = { cooperationModes: ['assignment', 'equity'] }
    const value = (offered: string[], ipBlockedModes: string[] = []) =>
      measured('commercial_fit', wanted, { cooperationModes: offered, ipBlockedModes })
    expect(value(['assignment', 'equity'])).toBe(1)
    expect(value(['assignment'])).toBe(0.875)
    expect(value(['assignment'], ['assignment'])).toBe(0)
    expect(value(['consulting'])).toBe(0)
  })

  it('takes the mean of price and modes, and the one that is known when the other is not', () => {
    const both = measured(
      'commercial_fit',
      { priceMaxFen: 100, cooperationModes: ['equity'] },
      { priceMinFen: 100, cooperationModes: ['equity'] },
    )
    expect(both).toBe(0.75)
    expect(measured('commercial_fit', { priceMaxFen: 100 }, { cooperationModes: ['equity'] })).toBeUndefined()
  })
})

describe('maturity_fit', () => {
  it.each([
    [{ trlMin: 6 }, { trlMin: 6, trlMax: 6 }, 0.7],
    [{ trlMin: 6 }, { trlMin: 7, trlMax: 7 }, 0.85],
    [{ trlMin: 6 }, { trlMin: 9, trlMax: 9 }, 1],
    [{ trlMin: 6 }, { trlMin: 4, trlMax: 4 }, 0.3],
    [{ trlMin: 6 }, { trlMin: 1, trlMax: 1 }, 0],
    [{ trlMax: 4 }, { trlMin: 6, trlMax: 6 }, 0.3],
    [{}, { trlMin: 6 }, undefined],
    [{ trlMin: 6 }, {}, undefined],
  ])('of %j and %j is %s', (demand, supply, expected) => {
    const value = measured('maturity_fit', demand, supply)
    expect(value).toEqual(expected === undefined ? undefined : expect.closeTo(expected))
  })
})

describe('region', () => {
  it.each([
    ['330206', '330206', 1],
    ['330206', '330212', 1],
    ['330206', '330100', 0.6],
    ['330000', '330206', 0.8],
    ['330206', '320100', 0],
    ['310115', '310101', 1],
    ['100000', '330206', undefined],
    [undefined, '330206', undefined],
  ])('of %s and %s is %s', (demand, supply, expected) => {
    expect(measured('region', { region: demand }, { region: supply })).toBe(expected)
  })

  it('names the narrowest division that holds both', () => {
    const evidence = FEATURES.region.evidence(
      preparedDemand({ region: '330206' }),
      preparedSupply({ region: '330100' }),
    )
    expect(evidence).toEqual([{ kind: 'code', vocabulary: 'regions', code: '330000', weight: 0.6 }])
  })
})

describe('trust', () => {
  it('is that of the less trusted side', () => {
    expect(measured('trust', {}, {})).toBe(1)
    expect(measured('trust', { trustCode: 'yellow' }, {})).toBe(0.5)
    expect(measured('trust', {}, { trustCode: 'yellow' })).toBe(0.5)
  })
})

describe('every structured feature', () => {
  it.each(['indicators', 'commercial_fit', 'maturity_fit', 'region'] as const)(
    '%s is absent when a side says nothing of it',
    (feature) => expect(measured(feature, { title: '电池' }, { title: '电池' })).toBeUndefined(),
  )
})
