import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkGates } from '../../../../src/modules/matching/domain/gates.ts'
import type { Facts } from '../../../../src/modules/matching/domain/types.ts'
import { aDemand, aSupply } from './market.ts'

const today = '2026-06-15'
type Case = [code: string, demand: Partial<Facts>, supply: Partial<Facts>, distance: number]

const FAILURES: Case[] = [
  ['own_organisation', { orgId: 'org-a' }, { orgId: 'org-a' }, 1],
  ['not_open', { state: 'submitted' }, {}, 0],
  ['not_open', {}, { state: 'closed' }, 1],
  ['not_open', { state: 'draft' }, { state: 'closed' }, 1],
  ['not_open', {}, { trustCode: 'red' }, 0.5],
  ['region_excluded', { acceptedRegions: ['330206'] }, { region: '330212' }, 0],
  ['region_excluded', { acceptedRegions: ['330200'] }, { region: '330302' }, 0.5],
  ['region_excluded', { acceptedRegions: ['330000', '310000'] }, { region: '320100' }, 1],
  ['region_excluded', { region: '510100' }, { acceptedRegions: ['330000'] }, 1],
  [
    'cooperation_modes_disjoint',
    { cooperationModes: ['exclusive_licence'] },
    { cooperationModes: ['ordinary_licence'] },
    0,
  ],
  ['cooperation_modes_disjoint', { cooperationModes: ['assignment'] }, { cooperationModes: ['consulting'] }, 1],
  [
    'ip_unavailable',
    { cooperationModes: ['assignment'] },
    { cooperationModes: ['assignment', 'consulting'], ipBlockedModes: ['assignment'] },
    0,
  ],
  ['ip_unavailable', {}, { cooperationModes: ['assignment'], ipBlockedModes: ['assignment'] }, 1],
  ['maturity_out_of_range', { trlMin: 7 }, { trlMax: 6 }, 0],
  ['maturity_out_of_range', { trlMax: 2 }, { trlMin: 9, trlMax: 9 }, 6 / 7],
  ['price_above_budget', { priceMaxFen: 50_000_00 }, { priceMinFen: 100_000_00 }, 0.5],
  ['deadline_passed', { deadline: '2026-06-14' }, {}, 0],
  ['deadline_passed', { deadline: '2027-01-01' }, { deadline: '2024-01-01' }, 1],
]

const PASSES: [name: string, demand: Partial<Facts>, supply: Partial<Facts>][] = [
  ['nothing is said', {}, {}],
  ['the supply names no region', { acceptedRegions: ['330200'] }, {}],
  ['the region lies within an accepted city', { acceptedRegions: ['330200'] }, { region: '330206' }],
  ['only the province is known', { acceptedRegions: ['330200'] }, { region: '330000' }],
  ['the whole country is accepted', { acceptedRegions: ['100000'] }, { region: '650100' }],
  ['one mode is shared', { cooperationModes: ['equity', 'assignment'] }, { cooperationModes: ['assignment'] }],
  ['only one side names modes', { cooperationModes: ['equity'] }, {}],
  ['one asked mode is free', { cooperationModes: ['equity', 'assignment'] }, { ipBlockedModes: ['assignment'] }],
  ['the ranges touch', { trlMin: 6 }, { trlMin: 4, trlMax: 6 }],
  ['the price is the budget', { priceMaxFen: 100 }, { priceMinFen: 100 }],
  ['no budget is named', {}, { priceMinFen: 100 }],
  ['today is the last day', { deadline: today }, {}],
  ['the trust code is yellow', { trustCode: 'yellow' }, {}],
]

describe('checkGates', () => {
  it.each(FAILURES)('fails %s for %j and %j at distance %f', (code, demand, supply, distance) => {
    const failures = checkGates(aDemand(demand), aSupply(supply), today)
    expect(failures.map((failure) => failure.code)).toEqual([code])
    expect(failures[0]?.distance).toBeCloseTo(distance, 10)
  })

  it.each(PASSES)('passes when %s', (_name, demand, supply) => {
    expect(checkGates(aDemand(demand), aSupply(supply), today)).toEqual([])
  })

  it('reports every failure, not the first only', () => {
    const demand = aDemand({ priceMaxFen: 100, trlMin: 8, deadline: '2026-01-01' })
    const supply = aSupply({ priceMinFen: 400, trlMax: 3 })
    expect(checkGates(demand, supply, today)).toEqual([
      {
        code: 'maturity_out_of_range',
        distance: 4 / 7,
        detail: { wantedMin: 8, wantedMax: 9, offeredMin: 1, offeredMax: 3, gap: 5 },
      },
      { code: 'price_above_budget', distance: 0.75, detail: { budgetFen: 100, priceFen: 400, missingFen: 300 } },
      { code: 'deadline_passed', distance: 164 / 365, detail: { deadline: '2026-01-01', days: 165 } },
    ])
  })

  it('keeps the distance of a dearer price within 0 and 1, and rising', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.integer({ min: 1, max: 1e9 }), fc.nat(1e9), (budget, extra, more) => {
        const distanceAt = (priceMinFen: number) =>
          checkGates(aDemand({ priceMaxFen: budget }), aSupply({ priceMinFen }), today)[0]?.distance ?? Number.NaN
        expect(distanceAt(budget + extra)).toBeGreaterThan(0)
        expect(distanceAt(budget + extra + more)).toBeLessThanOrEqual(1)
        expect(distanceAt(budget + extra + more)).toBeGreaterThanOrEqual(distanceAt(budget + extra))
      }),
    )
  })
})
