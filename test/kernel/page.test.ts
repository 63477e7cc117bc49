import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Keyset, pageOf } from '../../src/kernel/page.ts'

const keysetOf = (row: number): Keyset => [String(row)]

describe('pageOf', () => {
  it('drops the extra row and continues after the last one that it shows', () => {
    expect(pageOf([1, 2, 3], 2, keysetOf)).toEqual({ items: [1, 2], next: ['2'] })
  })

  it('has no next page when no extra row came', () => {
    expect(pageOf([1, 2], 2, keysetOf)).toEqual({ items: [1, 2] })
    expect(pageOf([], 2, keysetOf)).toEqual({ items: [] })
  })

  it('shows every row exactly once, in order, whatever the size of the pages', () => {
    fc.assert(
      fc.property(fc.nat({ max: 60 }), fc.integer({ min: 1, max: 20 }), (total, limit) => {
        const all = Array.from({ length: total }, (_, index) => index)
        expect(readAll(all, limit)).toEqual(all)
      }),
    )
  })
})

/** Reads page by page as a repository does: the rows after the keyset, one more than asked for. */
function readAll(all: number[], limit: number): number[] {
  const seen: number[] = []
  let after: Keyset | undefined = ['-1']
  while (after !== undefined) {
    const rows = all.filter((row) => row > Number(after?.[0])).slice(0, limit + 1)
    const page = pageOf(rows, limit, keysetOf)
    seen.push(...page.items)
    after = page.next
  }
  return seen
}
