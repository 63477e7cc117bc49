import fc from 'fast-check'
import { expect, it } from 'vitest'
import { greatestOfStream } from '../../../../../src/modules/matching/domain/titles/greatest-of-stream.ts'

it('keeps the greatest of all that came by, however they were ordered', () => {
  const values = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { maxLength: 400 })
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 20 }), (list, wanted) => {
      const stream = greatestOfStream(wanted)
      list.forEach((value, slot) => {
        if (value > stream.floor) stream.add(slot, value)
      })
      const kept = [...stream.slots()].map((slot) => list[slot] ?? 0)
      const exact = [...list].sort((a, b) => b - a).slice(0, wanted)
      expect(kept).toHaveLength(exact.length)
      // `greatest` takes values for equal that differ by less than 1/4096 of the range, which is 2,000 here.
      expect(kept.sort((a, b) => b - a).every((value, place) => value >= (exact[place] ?? 0) - 1)).toBe(true)
    }),
  )
})
