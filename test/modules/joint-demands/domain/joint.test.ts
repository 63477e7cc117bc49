import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitCost } from '../../../../src/modules/joint-demands/domain/cost-split.ts'
import { groupsOf, type Member, type Pair } from '../../../../src/modules/joint-demands/domain/group.ts'
import { resultOf } from '../../../../src/modules/joint-demands/domain/joint-demand.ts'

describe('the cost split', () => {
  const budgets = fc.array(fc.integer({ min: 1, max: 9_000_000_000 }), { minLength: 1, maxLength: 20 })

  it('sums to the whole, and who has the larger budget never bears less', () => {
    fc.assert(
      fc.property(budgets, (given) => {
        const shares = splitCost(given)
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(10_000)
        const bySize = given.map((budget, index) => ({ budget, share: shares[index] ?? 0 }))
        bySize.sort((one, other) => one.budget - other.budget || one.share - other.share)
        expect(bySize.map(({ share }) => share)).toEqual(bySize.map(({ share }) => share).sort((a, b) => a - b))
      }),
    )
  })

  it('is equal, to a basis point, as soon as one budget is not known', () => {
    fc.assert(
      fc.property(budgets, fc.constantFrom(null, 0), (given, unknown) => {
        const shares = splitCost([...given, unknown])
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(10_000)
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('of one million and two is a third and two thirds', () => {
    expect(splitCost([100_000_000, 200_000_000])).toEqual([3_333, 6_667])
  })
})

describe('groups', () => {
  const demand = fc.record({
    demandId: fc.stringMatching(/^d[0-9]$/),
    orgId: fc.constantFrom('a', 'b', 'c'),
    market: fc.constantFrom('m', 'n'),
  })
  const scene = fc
    .uniqueArray(demand, { selector: ({ demandId }) => demandId, minLength: 2, maxLength: 10 })
    .chain((demands) => {
      const id = fc.constantFrom(...demands.map(({ demandId }) => demandId))
      return fc.record({ demands: fc.constant(demands), pairs: fc.array(fc.tuple(id, id), { maxLength: 15 }) })
    })
  const groups = ({ demands, pairs }: { demands: Member[]; pairs: Pair[] }) =>
    groupsOf(pairs, new Map(demands.map((each) => [each.demandId, each])))

  it('have two or more organisations of one market, each once, and no demand in two', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const found = groups(given)
        const ids = found.flat().map(({ demandId }) => demandId)
        expect(new Set(ids).size).toBe(ids.length)
        for (const group of found) {
          expect(group.length).toBeGreaterThanOrEqual(2)
          expect(new Set(group.map(({ orgId }) => orgId)).size).toBe(group.length)
          expect(new Set(group.map(({ market }) => market)).size).toBe(1)
        }
      }),
    )
  })

  it('do not depend on the order of the pairs', () => {
    fc.assert(
      fc.property(scene, ({ demands, pairs }) => {
        const turned = [...pairs].reverse().map(([one, other]): Pair => [other, one])
        expect(groups({ demands, pairs: turned })).toEqual(groups({ demands, pairs }))
      }),
    )
  })
})

describe('the answers', () => {
  const answers = (...given: ('agreed' | 'declined' | null)[]) => given.map((answer) => ({ answer }))
  it.each([
    [answers('agreed', 'agreed'), false, 'open'],
    [answers('agreed', 'agreed', null), false, undefined],
    [answers('agreed', 'agreed', null), true, 'open'],
    [answers('agreed', null), true, 'drop'],
    [answers('agreed', 'declined', null), false, undefined],
    [answers('declined', null), false, 'drop'],
  ])('%j, time up: %s, is %s', (members, isTimeUp, result) => {
    expect(resultOf(members, isTimeUp)).toBe(result)
  })
})
