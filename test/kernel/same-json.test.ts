import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSameJson } from '../../src/kernel/same-json.ts'

const withoutAbsent = (value: unknown) => JSON.parse(JSON.stringify({ value }))
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(undefined, null, 0, 1, '', 'a', true),
    fc.array(
      tie('value').map((item) => item ?? null),
      { maxLength: 3 },
    ),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
  ),
})).value

describe('the same JSON', () => {
  it('is what is equal once both were written and read', () => {
    fc.assert(
      fc.property(values, values, (one, other) => {
        expect(isSameJson(one, other)).toBe(isDeepStrictEqual(withoutAbsent(one), withoutAbsent(other)))
      }),
      { numRuns: 2_000 },
    )
  })

  it('does not depend on the order of members, nor on whether an absent one is named', () => {
    expect(isSameJson({ a: 1, b: { c: [1, 2], d: undefined } }, { b: { c: [1, 2] }, a: 1 })).toBe(true)
    expect(isSameJson({ a: [1, 2] }, { a: [2, 1] })).toBe(false)
    expect(isSameJson({ a: null }, {})).toBe(false)
    expect(isSameJson([1], [1, 2])).toBe(false)
    expect(isSameJson([], {})).toBe(false)
  })
})
