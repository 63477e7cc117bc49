import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overlapsWith } from '../../../../../src/modules/matching/domain/features/overlaps.ts'
import { cosine, sparseVector } from '../../../../../src/modules/matching/domain/sparse.ts'

const anyVector = fc
  .uniqueArray(fc.constantFrom(...'电池正极材料铝合金压铸废水处理'), { minLength: 1 })
  .chain((grams) =>
    fc.tuple(...grams.map((gram) => fc.tuple(fc.constant(gram), fc.double({ min: 0.1, max: 9, noNaN: true })))),
  )
  .map((entries) => sparseVector(new Map(entries)) ?? expect.fail('grams were given'))

describe('overlapsWith', () => {
  it('is the root of the cosine with each, in their order', () => {
    fc.assert(
      fc.property(fc.array(anyVector, { maxLength: 12 }), anyVector, (many, own) => {
        const one = many.map((vector) => expect.closeTo(Math.sqrt(cosine(own, vector)), 6))
        expect([...overlapsWith(many)(own)]).toEqual(one)
      }),
    )
  })

  it('is 0 for strangers and never above 1', () => {
    const [own, stranger] = ['电池', '🚀'].map((gram) => sparseVector(new Map([[gram, 3]])))
    if (own === undefined || stranger === undefined) throw new Error('grams were given')
    expect([...overlapsWith([own, stranger])(own)]).toEqual([1, 0])
    expect([...overlapsWith([])(own)]).toEqual([])
  })
})
