import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitLevelCuts, levelBy, type Scored } from '../../../../../src/modules/matching/domain/learning/level-cuts.ts'

const errorOf = (rows: readonly Scored[], cuts: readonly number[]) =>
  rows.reduce((sum, { score, level }) => sum + Math.abs(level - levelBy(score, cuts)), 0)

/** Every choice of three thresholds between, below and above the scores. */
function leastError(rows: readonly Scored[]): number {
  const places = [-1, ...new Set(rows.map(({ score }) => score + 0.5))].sort((a, b) => a - b)
  let least = Number.POSITIVE_INFINITY
  for (const a of places) {
    for (const b of places.filter((place) => place >= a)) {
      for (const c of places.filter((place) => place >= b)) least = Math.min(least, errorOf(rows, [a, b, c]))
    }
  }
  return least
}

const rows = fc.array(fc.record({ score: fc.integer({ min: 0, max: 6 }), level: fc.integer({ min: 1, max: 4 }) }), {
  minLength: 1,
  maxLength: 12,
})

describe('level cuts', () => {
  it('cost no more than any other three thresholds, equal scores included', () => {
    fc.assert(
      fc.property(rows, (some) => {
        expect(errorOf(some, fitLevelCuts(some, 4))).toBe(leastError(some))
      }),
    )
  })

  it('rise', () => {
    fc.assert(
      fc.property(rows, (some) => {
        const cuts = fitLevelCuts(some, 4)
        expect(cuts).toHaveLength(3)
        expect(cuts).toEqual([...cuts].sort((a, b) => a - b))
      }),
    )
  })
})
