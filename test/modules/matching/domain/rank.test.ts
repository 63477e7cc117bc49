import fc from 'fast-check'
import { expect, it } from 'vitest'
import { rank } from '../../../../src/modules/matching/domain/rank.ts'

const scores = fc.uniqueArray(
  fc.record({ id: fc.stringMatching(/^[a-z]{1,2}$/), value: fc.constantFrom(0, 0.2, 0.5, 1) }),
  {
    selector: ({ id }) => id,
  },
)

it('gives the same list in whatever order the scores come', () => {
  fc.assert(
    fc.property(scores, (list) => {
      const limits = { threshold: 0.2, limit: 5 }
      expect(rank([...list].reverse(), limits)).toEqual(rank(list, limits))
    }),
  )
})

it('keeps at most the limit and nothing below the threshold', () => {
  const list = [
    { id: 'c', value: 0.5 },
    { id: 'a', value: 0.5 },
    { id: 'b', value: 0.9 },
    { id: 'd', value: 0.1 },
  ]
  expect(rank(list, { threshold: 0.5, limit: 2 }).map(({ id }) => id)).toEqual(['b', 'a'])
  expect(rank(list, { threshold: 0.5, limit: 9 }).map(({ id }) => id)).toEqual(['b', 'a', 'c'])
  expect(rank(list, { threshold: 0, limit: -1 })).toEqual([])
})
