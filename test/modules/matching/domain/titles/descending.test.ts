import fc from 'fast-check'
import { expect, it } from 'vitest'
import { descending } from '../../../../../src/modules/matching/domain/titles/descending.ts'

it('orders places as a sort by value and place would', () => {
  const values = fc.array(fc.float({ noNaN: true }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(values, (list) => {
      // A sum of floats is never minus nought.
      const floats = Float32Array.from(list, (value) => value + 0)
      const places = Uint32Array.from(floats.keys())
      const byFunction = [...places].sort((a, b) => (floats[b] ?? 0) - (floats[a] ?? 0) || b - a)
      expect([...descending(floats, places)]).toEqual(byFunction)
    }),
  )
})
