import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Opening, selectOpenings } from '../../../../src/modules/review/domain/select-openings.ts'

const opening = (matchId: string, score: number, change: Partial<Opening> = {}): Opening => ({
  ...{ matchId, score, demandId: 'd', supplyId: `s${matchId}`, maxPerListing: 2 },
  ...change,
})
const anyOpenings = fc.uniqueArray(
  fc.record({
    matchId: fc.uuid(),
    score: fc.double({ min: 0, max: 1, noNaN: true }),
    demandId: fc.constantFrom('d1', 'd2', 'd3'),
    supplyId: fc.constantFrom('s1', 's2', 's3'),
    maxPerListing: fc.constant(2),
  }),
  { selector: ({ matchId }) => matchId },
)

describe('selectOpenings', () => {
  it('takes the best while both listings have room', () => {
    const openings = [opening('a', 0.6), opening('b', 0.9), opening('c', 0.7)]
    expect(selectOpenings(openings, new Map()).map(({ matchId }) => matchId)).toEqual(['b', 'c'])
    expect(selectOpenings(openings, new Map([['d', 1]])).map(({ matchId }) => matchId)).toEqual(['b'])
    expect(selectOpenings(openings, new Map([['sb', 2]])).map(({ matchId }) => matchId)).toEqual(['c', 'a'])
  })

  it('never exceeds the limit of a listing, and leaves out only what would', () => {
    fc.assert(
      fc.property(anyOpenings, (openings) => {
        const chosen = selectOpenings(openings, new Map())
        const count = (id: string) =>
          chosen.filter(({ demandId, supplyId }) => demandId === id || supplyId === id).length
        const left = openings.filter((one) => !chosen.includes(one))
        expect(openings.every(({ demandId, supplyId }) => count(demandId) <= 2 && count(supplyId) <= 2)).toBe(true)
        expect(left.every(({ demandId, supplyId }) => count(demandId) === 2 || count(supplyId) === 2)).toBe(true)
      }),
    )
  })

  it('does not depend on the order in which matches come', () => {
    fc.assert(
      fc.property(anyOpenings, (openings) => {
        expect(selectOpenings([...openings].reverse(), new Map())).toEqual(selectOpenings(openings, new Map()))
      }),
    )
  })
})
