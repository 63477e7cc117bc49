import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDistance, nearest } from '../../src/kernel/nearest.ts'

const word = fc.string({ maxLength: 12 })

describe('nearest', () => {
  const fieldNames = ['title', 'summary', 'trlMin', 'trlMax', 'budgetMinFen', 'cooperationModes']

  it.each([
    ['titel', 'title'],
    ['trl_min', 'trlMin'],
    ['budgetMin', 'budgetMinFen'],
    ['cooperationMode', 'cooperationModes'],
    ['modes', 'cooperationModes'],
  ])('takes %s for %s', (wrong, meant) => {
    expect(nearest(wrong, fieldNames)).toBe(meant)
  })

  it.each(['zebra', '', '_'])('offers nothing for "%s"', (wrong) => {
    expect(nearest(wrong, fieldNames)).toBeUndefined()
  })

  it('does not compare words that nobody can have meant, so that a long key costs nothing', () => {
    expect(nearest(`title${'x'.repeat(60)}`, fieldNames)).toBeUndefined()
  })

  it('takes the earlier of two candidates that are equally near', () => {
    expect(nearest('cat', ['car', 'bat'])).toBe('car')
    expect(nearest('cat', ['bat', 'car'])).toBe('bat')
  })
})

describe('editDistance', () => {
  it.each([
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['abcd', 'acbd', 1],
  ])('of "%s" and "%s" is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance)
  })

  it('is symmetric, zero only for equal words, and at most the longer length', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b)
        expect(distance).toBe(editDistance(b, a))
        expect(distance === 0).toBe(a === b)
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length))
      }),
    )
  })
})
