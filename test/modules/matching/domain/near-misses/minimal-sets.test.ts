import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minimalSets } from '../../../../../src/modules/matching/domain/near-misses/minimal-sets.ts'
import {
  type Axis,
  doOpen,
  type NearMiss,
  type Step,
} from '../../../../../src/modules/matching/domain/near-misses/step.ts'

const axes: readonly Axis[] = ['price', 'maturity_floor', 'region', 'mode:equity']
const step = fc.record({ axis: fc.constantFrom(...axes), reach: fc.integer({ min: 1, max: 3 }) })
const need = fc.record({
  gate: fc.constant('price_above_budget' as const),
  anyOf: fc.uniqueArray(step, { minLength: 1, maxLength: 2, selector: ({ axis }) => axis }),
})
const market = fc
  .array(fc.array(need, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 })
  .map((all) => all.map((needs, index): NearMiss => ({ id: `m${index}`, needs })))
const asked = fc.record({
  relaxations: fc.integer({ min: 1, max: 4 }),
  opens: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
})

/** Every way to give way at all, the needless ones included: reaches 0 to 3 on each of the four axes. */
const lattice: readonly Step[][] = axes.reduce<Step[][]>(
  (sets, axis) => sets.flatMap((set) => [0, 1, 2, 3].map((reach) => (reach === 0 ? set : [...set, { axis, reach }]))),
  [[]],
)
const isWithin = (weak: readonly Step[], wide: readonly Step[]) =>
  weak.every((one) => wide.some((other) => other.axis === one.axis && other.reach >= one.reach))
const openedBy = (nearMisses: readonly NearMiss[], steps: readonly Step[]) =>
  nearMisses.filter((one) => doOpen(steps, one)).map(({ id }) => id)
const keyOf = (steps: readonly Step[]) =>
  steps
    .map(({ axis, reach }) => `${axis}=${reach}`)
    .sort()
    .join(' ')

/** By the definition: those that open k, and of which nothing weaker opens k. */
function byBruteForce(nearMisses: readonly NearMiss[], relaxations: number, opens: readonly number[]): string[] {
  const found = opens.flatMap((count) => {
    const enough = lattice.filter((steps) => openedBy(nearMisses, steps).length >= count)
    return enough.filter((steps) => !enough.some((weaker) => weaker !== steps && isWithin(weaker, steps)))
  })
  const short = found.filter((steps) => steps.length > 0 && steps.length <= relaxations)
  return [...new Set(short.map(keyOf))].sort()
}

describe('minimalSets', () => {
  it('finds exactly the sets that brute force over every combination finds', () => {
    fc.assert(
      fc.property(market, asked, (nearMisses, limits) => {
        const sets = minimalSets(nearMisses, limits)
        const keys = sets.map(({ steps }) => keyOf(steps)).sort()
        expect(keys).toEqual(byBruteForce(nearMisses, limits.relaxations, limits.opens))
        for (const { steps, opened } of sets) {
          expect(opened.map(({ id }) => id)).toEqual(openedBy(nearMisses, steps))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('is minimal by inclusion: for one number no set lies within another', () => {
    fc.assert(
      fc.property(market, fc.integer({ min: 1, max: 4 }), (nearMisses, count) => {
        const sets = minimalSets(nearMisses, { relaxations: 4, opens: [count] })
        for (const one of sets) {
          for (const other of sets) if (one !== other) expect(isWithin(one.steps, other.steps)).toBe(false)
        }
      }),
    )
  })

  it('opens all that a weaker set opens, and perhaps more', () => {
    fc.assert(
      fc.property(market, fc.constantFrom(...lattice), fc.constantFrom(...lattice), (nearMisses, one, other) => {
        fc.pre(isWithin(one, other))
        expect(openedBy(nearMisses, other)).toEqual(expect.arrayContaining(openedBy(nearMisses, one)))
      }),
    )
  })

  it('depends on no order of the near misses', () => {
    fc.assert(
      fc.property(market, asked, (nearMisses, limits) => {
        const keysOf = (all: readonly NearMiss[]) => minimalSets(all, limits).map(({ steps }) => keyOf(steps))
        expect(keysOf([...nearMisses].reverse())).toEqual(keysOf(nearMisses))
      }),
    )
  })

  it('has nothing to say about an empty market', () => {
    expect(minimalSets([], { relaxations: 3, opens: [1] })).toEqual([])
  })

  it('names two steps only where both are needed', () => {
    const nearMiss = (id: string, ...steps: Step[]): NearMiss => ({
      id,
      needs: steps.map((one) => ({ gate: 'price_above_budget', anyOf: [one] })),
    })
    const dear = nearMiss('dear', { axis: 'price', reach: 5 })
    const dearAndYoung = nearMiss('both', { axis: 'price', reach: 2 }, { axis: 'maturity_floor', reach: 1 })
    const sets = minimalSets([dear, dearAndYoung], { relaxations: 2, opens: [1, 2] })
    expect(sets.map(({ steps, opened }) => [keyOf(steps), opened.map(({ id }) => id)])).toEqual([
      ['maturity_floor=1 price=2', ['both']],
      ['maturity_floor=1 price=5', ['dear', 'both']],
      ['price=5', ['dear']],
    ])
  })
})
