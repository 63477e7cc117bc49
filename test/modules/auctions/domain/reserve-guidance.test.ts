import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { interestBands, reaching, summarise } from '../../../../src/modules/auctions/domain/interest.ts'
import { guideReserve } from '../../../../src/modules/auctions/domain/reserve-guidance.ts'

const nobody = summarise([])
const codes = (reserveFen: number, comparables: Parameters<typeof guideReserve>[1], interest = nobody) =>
  guideReserve({ valuationFen: 1_000_000, reserveFen }, comparables, interest).warnings.map(({ code }) => code)
const went = (percent: number | null) => ({
  valuationFen: 2_000_000,
  highestFen: percent === null ? null : percent * 20_000,
})

describe('guidance for a reserve', () => {
  it('warns of what comparable lots rarely reached, in the words of the figures', () => {
    const comparables = [went(null), went(60), went(70), went(null), went(95)]
    expect(codes(650_000, comparables)).toEqual([])
    expect(codes(900_000, comparables)).toEqual(['reserve_rarely_reached'])
    const { warnings, usual } = guideReserve({ valuationFen: 1_000_000, reserveFen: 900_000 }, comparables, nobody)
    expect(warnings[0]?.zh).toBe('保留价为评估值的90%，5件可比标的中仅1件的最高报价达到该比例，流拍可能性大。')
    expect(usual).toEqual({ lowFen: 600_000, highFen: 700_000 })
  })

  it('warns of a reserve above the valuation, of few comparables and of interest that ends below', () => {
    expect(codes(1_100_000, [went(120)])).toEqual(['few_comparables', 'reserve_above_valuation'])
    const interest = summarise(['to_100k', 'to_100k', 'to_300k'])
    const comparables = [went(90), went(95), went(99)]
    expect(guideReserve({ valuationFen: 40_000_000, reserveFen: 20_000_000 }, comparables, interest).warnings).toEqual([
      expect.objectContaining({ code: 'interest_below_reserve', zh: expect.stringContaining('仅1家') }),
    ])
  })

  it('finds a higher reserve never easier to reach', () => {
    const share = fc.option(fc.integer({ min: 1, max: 300 }))
    fc.assert(
      fc.property(fc.array(share), fc.nat(3_000_000), fc.nat(3_000_000), (shares, one, other) => {
        const comparables = shares.map(went)
        const reached = (reserveFen: number) =>
          guideReserve({ valuationFen: 1_000_000, reserveFen }, comparables, nobody).reached
        expect(reached(Math.max(one, other))).toBeLessThanOrEqual(reached(Math.min(one, other)))
        expect(reached(one)).toBeLessThanOrEqual(comparables.length)
      }),
    )
  })
})

it('tells no bands of fewer than three organisations', () => {
  expect(summarise(['to_1m', 'to_1m'])).toEqual({ organisations: 2, bands: null })
  expect(reaching(summarise(['to_1m', 'to_1m']), 1)).toBeUndefined()
  const told = summarise(['to_1m', 'to_300k', 'over_10m'])
  expect(told.bands?.map(({ band }) => band)).toEqual([...interestBands])
  expect([30_000_000, 30_000_001, 1e12].map((amount) => reaching(told, amount))).toEqual([3, 2, 1])
})
