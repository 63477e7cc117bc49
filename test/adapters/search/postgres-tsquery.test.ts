import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allOfOne } from '../../../src/adapters/search/postgres-tsquery.ts'

/** Whether a document with these lexemes fulfils a query of allOfOne, read by JavaScript instead of PostgreSQL. */
function fulfils(tsquery: string, lexemes: readonly string[]): boolean {
  const expression = tsquery
    .replace(/'(\w)'/g, (_, lexeme) => String(lexemes.includes(lexeme)))
    .replaceAll('&', '&&')
    .replaceAll('|', '||')
  return Function(`return ${expression}`)() === true
}

const lexeme = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const set = fc.uniqueArray(lexeme, { minLength: 1, maxLength: 4 })

describe('allOfOne', () => {
  it('asks once for what all sets want, and not for what only repeats another set', () => {
    expect(
      allOfOne([
        ['a', 'b'],
        ['a', 'c'],
        ['a', 'b', 'd'],
      ]),
    ).toBe(`'a' & ('b' | 'c')`)
    expect(allOfOne([['a', 'b'], ['a']])).toBe(`'a'`)
    expect(allOfOne([['a'], ['a']], [['b', 'c']])).toBe(`'a' & !('b' & 'c')`)
  })

  it('finds a document exactly when it has all of one set and not all of an exclusion', () => {
    fc.assert(
      fc.property(
        fc.array(set, { minLength: 1, maxLength: 5 }),
        fc.array(set, { maxLength: 2 }),
        set,
        (sets, refused, has) => {
          const present = new Set<string>(has)
          const hasAll = (wanted: readonly string[]) => wanted.every((each) => present.has(each))
          expect(fulfils(allOfOne(sets, refused), has)).toBe(sets.some(hasAll) && !refused.some(hasAll))
        },
      ),
    )
  })
})
