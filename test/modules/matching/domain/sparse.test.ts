import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cosine, sharedTerms, sparseVector } from '../../../../src/modules/matching/domain/sparse.ts'

const weights = fc
  .dictionary(fc.constantFrom(...'铝镁锂铁铜锌锡铅'), fc.double({ min: 0.1, max: 9, noNaN: true }), { minKeys: 1 })
  .map((entries) => new Map(Object.entries(entries)))

/** The definition, in numbers of 64 bits. */
function cosineOf(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const dot = [...a].reduce((sum, [term, weight]) => sum + weight * (b.get(term) ?? 0), 0)
  return (
    dot / Math.sqrt([...a.values()].reduce((s, w) => s + w * w, 0) * [...b.values()].reduce((s, w) => s + w * w, 0))
  )
}

describe('cosine', () => {
  it('is what the definition says, both ways round', () => {
    fc.assert(
      fc.property(weights, weights, (a, b) => {
        const [left, right] = [sparseVector(a), sparseVector(b)]
        if (!left || !right) throw new Error('weights are never empty here')
        expect(cosine(left, right)).toBeCloseTo(cosineOf(a, b), 5)
        expect(cosine(right, left)).toBe(cosine(left, right))
        expect(cosine(left, left)).toBeLessThanOrEqual(1)
        const parts = sharedTerms(left, right).reduce((sum, { weight }) => sum + weight, 0)
        expect(Math.min(1, parts)).toBeCloseTo(cosine(left, right), 10)
      }),
    )
  })
})

describe('sparseVector', () => {
  it('is absent for a text without terms', () => {
    expect(sparseVector(new Map())).toBeUndefined()
  })
})
