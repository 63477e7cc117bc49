import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkGates } from '../../../../../src/modules/matching/domain/gates.ts'
import { costOf } from '../../../../../src/modules/matching/domain/near-misses/cost.ts'
import { minimalSets } from '../../../../../src/modules/matching/domain/near-misses/minimal-sets.ts'
import { needsOf } from '../../../../../src/modules/matching/domain/near-misses/needs.ts'
import { orderSets } from '../../../../../src/modules/matching/domain/near-misses/order-sets.ts'
import { patchOf } from '../../../../../src/modules/matching/domain/near-misses/patch-of.ts'
import { relax, setTermsAside } from '../../../../../src/modules/matching/domain/near-misses/relax.ts'
import type { Facts, ListingKind } from '../../../../../src/modules/matching/domain/types.ts'
import { aDemand, aListing, aSupply } from '../market.ts'

const today = '2026-11-20'
const modes = ['joint_development', 'assignment', 'exclusive_licence', 'ordinary_licence', 'technical_service']
const regions = ['330206', '330212', '330106', '330000', '320505', '110108']
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined })
const some = (codes: string[]) => fc.subarray(codes, { maxLength: 3 })
const trl = fc.integer({ min: 1, max: 9 })

const termsOf = (kind: ListingKind): fc.Arbitrary<Facts> =>
  fc
    .record({
      cooperationModes: some(modes),
      ipBlockedModes: kind === 'supply' ? some(modes) : fc.constant([]),
      trls: maybe(fc.tuple(trl, trl)),
      price: maybe(fc.integer({ min: 0, max: 6 })),
      region: maybe(fc.constantFrom(...regions)),
      acceptedRegions: kind === 'demand' ? some(regions) : fc.constant([]),
      deadline: kind === 'demand' ? maybe(fc.constantFrom('2026-11-01', today, '2027-01-01')) : fc.constant(undefined),
      isOpen: fc.integer({ min: 0, max: 9 }).map((value) => value > 0),
    })
    .map(({ trls, price, isOpen, ...facts }) =>
      aListing({
        ...{ ...facts, kind, priceMinFen: price, priceMaxFen: price, state: isOpen ? 'published' : 'closed' },
        ...(trls ? { trlMin: Math.min(...trls), trlMax: Math.max(...trls) } : {}),
      }),
    )

const scenes = fc
  .constantFrom<ListingKind>('demand', 'supply')
  .chain((kind) =>
    fc.tuple(termsOf(kind), fc.array(termsOf(kind === 'demand' ? 'supply' : 'demand'), { minLength: 1, maxLength: 6 })),
  )

const gatesOf = (asker: Facts, other: Facts) =>
  asker.kind === 'demand' ? checkGates(asker, other, today) : checkGates(other, asker, today)

describe('near misses against the gates themselves', () => {
  it('opens with a set of relaxations exactly those that then pass every gate', () => {
    fc.assert(
      fc.property(scenes, ([asker, others]) => {
        const nearMisses = others.flatMap((other, index) => {
          const needs = needsOf(asker, other, today)
          return needs && needs.length > 0 ? [{ id: `${index}`, needs, other }] : []
        })
        for (const { steps, opened } of minimalSets(nearMisses, { relaxations: 4, opens: [1, 2, 3] })) {
          const after = relax(asker, steps)
          const passing = nearMisses.filter(({ other }) => gatesOf(after, other).length === 0)
          expect(opened.map(({ id }) => id)).toEqual(passing.map(({ id }) => id))
        }
      }),
      { numRuns: 500 },
    )
  })

  it('closes no match that is open already', () => {
    fc.assert(
      fc.property(scenes, ([asker, others]) => {
        const nearMisses = others.map((other, index) => ({ id: `${index}`, needs: needsOf(asker, other, today) ?? [] }))
        const open = others.filter((other) => gatesOf(asker, other).length === 0)
        for (const { steps } of minimalSets(nearMisses, { relaxations: 3, opens: [1] })) {
          for (const other of open) expect(gatesOf(relax(asker, steps), other)).toEqual([])
        }
      }),
    )
  })

  it('lets pass, with the terms set aside, everybody whom giving way could open', () => {
    fc.assert(
      fc.property(scenes, ([asker, others]) => {
        for (const other of others) {
          if (needsOf(asker, other, today)) expect(gatesOf(setTermsAside(asker), other)).toEqual([])
        }
      }),
    )
  })

  it('costs a set no less than any part of it', () => {
    fc.assert(
      fc.property(scenes, ([asker, others]) => {
        const nearMisses = others.map((other, index) => ({ id: `${index}`, needs: needsOf(asker, other, today) ?? [] }))
        for (const { steps, cost } of orderSets(asker, minimalSets(nearMisses, { relaxations: 3, opens: [1, 2] }))) {
          for (const step of steps) expect(costOf(asker, [step])).toBeLessThanOrEqual(cost)
        }
      }),
    )
  })
})

describe('what a demand can give way on', () => {
  const needs = (demand: Partial<Facts>, supply: Partial<Facts>) =>
    needsOf(aDemand(demand), aSupply(supply), today)?.map(({ anyOf }) => anyOf)

  it('is nothing when the pair passes', () => {
    expect(needs({}, {})).toEqual([])
  })

  it('is the missing money, the missing levels in both directions, and the days since the deadline', () => {
    expect(needs({ priceMaxFen: 100 }, { priceMinFen: 130 })).toEqual([[{ axis: 'price', reach: 30 }]])
    expect(needs({ trlMin: 7 }, { trlMin: 5, trlMax: 5 })).toEqual([[{ axis: 'maturity_floor', reach: 2 }]])
    expect(needs({ trlMax: 4 }, { trlMin: 5, trlMax: 5 })).toEqual([[{ axis: 'maturity_ceiling', reach: 1 }]])
    expect(needs({ deadline: '2026-11-10' }, {})).toEqual([[{ axis: 'deadline', reach: 10 }]])
  })

  it.each([
    ['330205', 1],
    ['330106', 2],
    ['440300', 3],
  ])('is the least level of region that takes in %s', (region, reach) => {
    expect(needs({ acceptedRegions: ['330206'] }, { region })).toEqual([[{ axis: 'region', reach }]])
  })

  it('is any mode that the supply offers and its rights allow', () => {
    const offered = ['assignment', 'ordinary_licence', 'technical_service']
    const supply = { cooperationModes: offered, ipBlockedModes: ['assignment'] }
    const free = [
      { axis: 'mode:ordinary_licence', reach: 1 },
      { axis: 'mode:technical_service', reach: 1 },
    ]
    expect(needs({ cooperationModes: ['joint_development'] }, supply)).toEqual([free])
    expect(needs({ cooperationModes: ['assignment'] }, supply)).toEqual([free])
  })

  it.each([
    ['its own organisation', { orgId: 'org-demand' }],
    ['a closed listing', { state: 'closed' }],
    ['a red listing', { trustCode: 'red' as const }],
    ['rights that allow nothing it offers', { cooperationModes: ['assignment'], ipBlockedModes: ['assignment'] }],
  ])('does not include %s', (_, supply) => {
    expect(needs({ cooperationModes: ['assignment'] }, supply)).toBeUndefined()
  })
})

describe('what a supply can give way on', () => {
  const needs = (supply: Partial<Facts>, demand: Partial<Facts>) =>
    needsOf(aSupply(supply), aDemand(demand), today)?.map(({ anyOf }) => anyOf)

  it('is its price, and ripening', () => {
    expect(needs({ priceMinFen: 130 }, { priceMaxFen: 100 })).toEqual([[{ axis: 'price', reach: 30 }]])
    expect(needs({ trlMin: 5, trlMax: 5 }, { trlMin: 7 })).toEqual([[{ axis: 'maturity_ceiling', reach: 2 }]])
  })

  it('is neither its region, nor growing younger, nor the deadline of the demand', () => {
    expect(needs({ region: '440300' }, { acceptedRegions: ['330206'] })).toBeUndefined()
    expect(needs({ trlMin: 9, trlMax: 9 }, { trlMax: 5 })).toBeUndefined()
    expect(needs({}, { deadline: '2026-11-10' })).toBeUndefined()
  })
})

describe('the order and the patch of sets', () => {
  it('asks first for the cheapest, then for what opens most', () => {
    const demand = aDemand({ priceMaxFen: 100, trlMin: 7, cooperationModes: ['sole_licence'] })
    const supplies = {
      dear: aSupply({ priceMinFen: 150 }),
      nearlyDear: aSupply({ priceMinFen: 110 }),
      young: aSupply({ trlMax: 6 }),
      licence: aSupply({ cooperationModes: ['ordinary_licence'] }),
    }
    const nearMisses = Object.entries(supplies).map(([id, supply]) => ({
      id,
      needs: needsOf(demand, supply, today) ?? [],
    }))
    const sets = orderSets(demand, minimalSets(nearMisses, { relaxations: 1, opens: [1, 2] }))
    expect(sets.map(({ cost, opened }) => [cost, opened.map(({ id }) => id)])).toEqual([
      [20, ['nearlyDear']],
      [25, ['licence']],
      [30, ['young']],
      [60, ['dear', 'nearlyDear']],
    ])
  })

  it('patches the fields of the listing, and declares no maturity that a supply has not reached', () => {
    const demand = aDemand({ priceMaxFen: 100, trlMin: 7, acceptedRegions: ['330206'], cooperationModes: ['equity'] })
    const steps = [
      { axis: 'price', reach: 30 },
      { axis: 'maturity_floor', reach: 2 },
      { axis: 'mode:assignment', reach: 1 },
    ] as const
    expect(patchOf(demand, steps)).toEqual({
      ...{ budgetMaxFen: 130, trlMin: 5 },
      cooperationModes: ['equity', 'assignment'],
    })
    expect(patchOf(demand, [{ axis: 'region', reach: 3 }])).toEqual({ preferredRegions: null })
    const supply = aSupply({ trlMin: 5, trlMax: 5, priceMinFen: 130 })
    expect(patchOf(supply, [{ axis: 'maturity_ceiling', reach: 1 }])).toEqual({})
    expect(patchOf(supply, [{ axis: 'price', reach: 30 }])).toEqual({ priceMinFen: 100 })
  })
})
